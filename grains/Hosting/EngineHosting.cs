using MallVip.Grains.Batches;
using MallVip.Grains.Budgets;
using MallVip.Grains.Desk;
using MallVip.Grains.Due;
using MallVip.Grains.Explaining;
using MallVip.Grains.Feed;
using MallVip.Grains.Inbox;
using MallVip.Grains.Intake;
using MallVip.Grains.Members;
using MallVip.Grains.Programmes;
using MallVip.Grains.Parking;
using MallVip.Grains.Slips;
using MallVip.Grains.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace MallVip.Grains.Hosting;

/// <summary>
/// Puts the engine into a host: what grains share, the ways in, and the background readers.
/// </summary>
public static class EngineHosting
{
    /// <param name="services">The host's services; the grain runtime of the stack is added apart.</param>
    /// <param name="set">The open journal. The caller disposes of it after the host.</param>
    /// <param name="background">False: no timers fire by themselves and nothing is fed to watchers.</param>
    /// <param name="hasGrains">False: grains live in other processes, and so does the work that only serves
    /// them; this one takes requests, delivers its own inbox and feeds its watchers.</param>
    public static IServiceCollection AddMallVipEngine(
        this IServiceCollection services, JournalSet set, bool background = true, bool hasGrains = true)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(set);
        services.AddSingleton(set.Journal);
        services.AddSingleton(set.Writer);
        services.AddSingleton(set.Keys);
        services.AddSingleton(set.DueSignal);
        services.AddSingleton(set.Pseudonym);
        services.AddSingleton(set.Programmes);
        services.AddSingleton(set.Workshop);
        services.AddSingleton<ProgrammeNews>();
        services.AddSingleton<Stock.StockGuard>();
        services.AddSingleton<PublicationDesk>();
        services.AddSingleton<FolderPublisher>();
        services.AddSingleton<ProgrammeFollower>();
        services.AddSingleton<Journal.IDueStore>(set.Journal);
        services.AddSingleton<Journal.IPersonStore>(set.Journal);
        services.AddSingleton<Journal.ISnapshotStore>(set.Journal);
        services.AddSingleton<Journal.IInboxStore>(set.Journal);
        services.AddSingleton(set.Inbox);
        services.AddSingleton(set.Runs);
        services.AddSingleton<SnapshotSaver>();
        services.AddSingleton<BudgetLeases>();
        services.AddSingleton<LeaseRecount>();
        services.AddSingleton<LeaseRecall>();
        services.AddSingleton<BudgetDesk>();
        services.AddSingleton<RuleAlarm>();
        AddCodes(services);
        services.AddSingleton<MemberServices>();
        services.AddSingleton(new Reviews.ReviewBoard(set.Journal));
        services.AddSingleton<AttributeReader>();
        services.AddSingleton<EventReader>();
        services.AddSingleton<EventRouter>();
        services.AddSingleton<MemberCaller>();
        services.AddSingleton<GateFollower>();
        services.AddSingleton<EventIntake>();
        services.AddSingleton<PersonBook>();
        services.AddSingleton<RegistrationReader>();
        services.AddSingleton<RegistrationDesk>();
        services.AddSingleton<WrongClaims>();
        services.AddSingleton<MemberDesk>();
        services.AddSingleton<Tiers.TierReview>();
        services.AddSingleton<TransferDesk>();
        services.AddSingleton<MergeDesk>();
        services.AddSingleton<BatchDesk>();
        services.AddSingleton<SlipDesk>();
        services.AddSingleton<ParkingCounter>();
        services.AddSingleton<Stock.StockDesk>();
        services.AddSingleton<IdentityDesk>();
        services.AddSingleton<SharingDesk>();
        services.AddSingleton(new EntryArchive(set.Journal, set.Programmes.GetAsync));
        services.AddSingleton<QuoteDesk>();
        if (hasGrains)
            services.AddSingleton<DueMeter>().AddSingleton<DueWorker>();
        services.AddSingleton<WaitingSettler>();
        services.AddSingleton<DueSweep>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<InboxDelivery>();
        services.AddSingleton<OutcomeReader>();
        if (!background)
            return services;
        // Stopped the other way round: leases are closed when nothing is delivered any more.
        services.AddHostedService<FollowerService>();
        if (hasGrains)
            services.AddHostedService<EngineService>();
        return services.AddHostedService<DoorService>();
    }

    /// <summary>Codes that members show, and the way from them to what they stand for.</summary>
    private static void AddCodes(IServiceCollection services)
    {
        services.AddSingleton<Coupons.CouponCodes>();
        services.AddSingleton<Coupons.CodeIndex>();
        services.AddSingleton<Coupons.CouponHolder>();
        services.AddSingleton<Catalogue.OrderCodes>();
    }

    /// <summary>What everything else decides by.</summary>
    private sealed class FollowerService(ProgrammeFollower follower) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => follower.StartAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => follower.StopAsync();
    }

    /// <summary>What every process does that takes requests.</summary>
    private sealed class DoorService(LiveFeed feed, InboxDelivery inbox) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            feed.Start();
            inbox.Start();
            return Task.CompletedTask;
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await inbox.StopAsync();
            await feed.StopAsync();
        }
    }

    /// <summary>What only a process with grains does.</summary>
    private sealed class EngineService(
        SnapshotSaver snapshots, DueWorker due, WaitingSettler settler, DueSweep sweep, BudgetLeases budgets)
        : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await sweep.StartAsync(cancellationToken);
            snapshots.Start();
            due.Start();
            settler.Start();
            budgets.Start();
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await sweep.StopAsync();
            await settler.StopAsync();
            await due.StopAsync();
            await budgets.StopAsync();
        }
    }
}
