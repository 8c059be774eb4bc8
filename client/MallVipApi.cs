using MallVip.Client.Admission;
using MallVip.Client.Backtests;
using MallVip.Client.Batches;
using MallVip.Client.Catalogue;
using MallVip.Client.Coupons;
using MallVip.Client.Events;
using MallVip.Client.Explaining;
using MallVip.Client.Keys;
using MallVip.Client.Live;
using MallVip.Client.Members;
using MallVip.Client.Parking;
using MallVip.Client.Problems;
using MallVip.Client.Programmes;
using MallVip.Client.Reports;
using MallVip.Client.Reviews;
using MallVip.Client.Runtime;
using MallVip.Client.Slips;
using MallVip.Client.Wire;
using MallVip.Grains.Admission;
using MallVip.Grains.Catalogue;
using MallVip.Grains.Coupons;
using MallVip.Grains.Intake;
using MallVip.Grains.Programmes;
using MallVip.Rules.Programmes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MallVip.Client;

/// <summary>Puts the HTTP API into a host.</summary>
public static class MallVipApi
{
    /// <summary>
    /// Registers the API. The host brings the engine (<c>AddMallVipEngine</c>): <see cref="EventIntake"/>,
    /// <c>MemberDesk</c>, <c>OpenRuns</c>, <see cref="ProgrammeHost"/> and <c>LiveFeed</c>; and, for
    /// <c>/readyz</c>, any <see cref="Health.IReadinessProbe"/>.
    /// </summary>
    public static IServiceCollection AddMallVipApi(this IServiceCollection services, ApiOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.TryAddSingleton<Func<Programme>>(static provider =>
        {
            var programmes = provider.GetRequiredService<ProgrammeHost>();
            return () => programmes.Shown;
        });
        services.ConfigureHttpJsonOptions(
            json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        services.AddHostedService<StartupWatch>();
        services.AddApiDocument();
        services.KeepPersonalDataOutOfLogs();
        return services.AddKeys(options).AddEvents(options).AddMembers().AddLive(options);
    }

    /// <summary>Maps every path and what stands before them: problems, keys, admission.</summary>
    public static WebApplication MapMallVip(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
        app.UseMiddleware<ExceptionGate>();
        app.UseMiddleware<KeyGate>();
        app.UseMiddleware<AdmissionStep>();
        ApiRoutes.Map(app);
        return app;
    }

    private static IServiceCollection AddKeys(this IServiceCollection services, ApiOptions options) =>
        services
        .AddSingleton(new KeyRing(options.ApiKeys))
        .AddSingleton<TestWall>()
        .AddSingleton(new AdmissionGate(options.Admission));

    private static IServiceCollection AddEvents(this IServiceCollection services, ApiOptions options)
    {
        services.TryAddSingleton(static provider =>
        {
            var intake = provider.GetRequiredService<EventIntake>();
            return new EventDoor(intake.AcceptAsync, intake.AcceptAllAsync);
        });
        return services
            .AddSingleton(new StreamSeats(options.MaxStreams, options.MaxStreamsPerCaller))
            .AddSingleton(provider => new AnswerWriters(provider.GetRequiredService<Func<Programme>>()))
            .AddSingleton<TestEvents>()
            .AddSingleton<EventStream>()
            .AddSingleton<RunEndpoint>()
            .AddSingleton<OutcomeEndpoint>()
            .AddSingleton<EventEndpoint>();
    }

    private static IServiceCollection AddMembers(this IServiceCollection services) => services
        .AddSingleton<MemberTarget>()
        .AddSingleton(provider => new RulePlaces(provider.GetRequiredService<ProgrammeHost>()))
        .AddSingleton<LedgerReader>()
        .AddSingleton(provider => new MemberBodies(provider.GetRequiredService<Func<Programme>>()))
        .AddSingleton<DeskWrite>()
        .AddSingleton<BatchEndpoints>()
        .AddSingleton<SlipEndpoints>()
        .AddSingleton<ParkingEndpoints>()
        .AddSingleton<DeskEndpoints>()
        .AddSingleton<HoldEndpoints>()
        .AddSingleton(provider => new CouponBodies(
            provider.GetRequiredService<Func<Programme>>(), provider.GetRequiredService<CouponCodes>()))
        .AddSingleton<CouponEndpoints>()
        .AddSingleton<ClaimEndpoints>()
        .AddSingleton(provider => new OrderBodies(
            provider.GetRequiredService<Func<Programme>>(), provider.GetRequiredService<OrderCodes>()))
        .AddSingleton<OrderEndpoints>()
        .AddSingleton<PointsEndpoints>()
        .AddSingleton<ReviewEndpoints>()
        .AddSingleton<TransferEndpoint>()
        .AddSingleton<MergeEndpoint>()
        .AddSingleton<IdentityEndpoints>()
        .AddSingleton<HolderEndpoints>()
        .AddSingleton<MemberHistory>()
        .AddSingleton<TierHistory>()
        .AddSingleton<TagHistory>()
        .AddSingleton<AttributeHistory>()
        .AddSingleton<HistoryEndpoints>()
        .AddSingleton<TierEndpoints>()
        .AddSingleton<TierReviewEndpoint>()
        .AddSingleton<ReadEndpoints>()
        .AddSingleton<DraftReader>()
        .AddSingleton<PublishOrderReader>()
        .AddSingleton<ProgrammeEndpoints>()
        .AddSingleton<WhyEndpoints>();

    private static IServiceCollection AddLive(this IServiceCollection services, ApiOptions options) =>
        services
        .AddSingleton(provider => new LiveHub(options.Live, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<RuntimeMeter>()
        .AddSingleton<RuntimeEndpoint>()
        .AddSingleton<BudgetEndpoint>()
        .AddSingleton<ReportEndpoint>()
        .AddSingleton<BacktestEndpoint>()
        .AddSingleton<LiveSeats>()
        .AddSingleton<LiveEndpoint>()
        .AddSingleton<LiveRelay>()
        .AddHostedService(static provider => provider.GetRequiredService<LiveRelay>());
}
