using System.Collections.Immutable;
using System.Text;
using MallVip.Grains.Desk;
using MallVip.Grains.Identities;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Grains.Stock;
using MallVip.Rules.Commands;
using MallVip.Silo.Hosting;
using MallVip.System.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Simulation;

/// <summary>What somebody wants of the silo; sent again, unchanged, until it is answered.</summary>
/// <param name="Id">Its id or idempotency key.</param>
/// <param name="Phone">The number of the shopper.</param>
internal abstract record SimulatedCall(string Id, int Phone)
{
    public abstract Task<SimulatedAnswer> SendAsync(LocalEngine engine);

    /// <summary>An event, as bytes.</summary>
    internal abstract record Event(string Id, int Phone, byte[] Json) : SimulatedCall(Id, Phone)
    {
        public override async Task<SimulatedAnswer> SendAsync(LocalEngine engine) =>
            SimulatedAnswer.Of(await engine.Intake.AcceptAsync(
                Json, new() { Actor = "till", Later = IsLater }, default));

        /// <summary>Sent into the inbox.</summary>
        public virtual bool IsLater => false;
    }

    internal sealed record Purchase(
        string Id, int Phone, int Paid, string Store, byte[] Json, bool Later = false)
        : Event(Id, Phone, Json)
    {
        public override bool IsLater => Later;

        /// <summary>Whether it brings a coupon.</summary>
        public bool HasCoupon { get; init; }
    }

    /// <param name="Early">Perhaps before its purchase: which of the two says what came back, nobody knows
    /// beforehand.</param>
    internal sealed record Refund(string Id, Purchase Of, byte[] Json, bool Early = false)
        : Event(Id, Of.Phone, Json);

    /// <summary>An id that was used before, with another content.</summary>
    internal sealed record Forgery(string Id, int Phone, byte[] Json) : Event(Id, Phone, Json);

    internal sealed record Join(string Id, int Phone, byte[] Json) : Event(Id, Phone, Json);

    internal sealed record Register(int Phone) : SimulatedCall($"register-{Phone}", Phone)
    {
        public override async Task<SimulatedAnswer> SendAsync(LocalEngine engine) =>
            SimulatedAnswer.Of(await engine.Desk.RegisterAsync(
                new([Till.Phone(Phone)], "bay", ImmutableSortedDictionary<string, string>.Empty),
                Call(), default));
    }

    /// <summary>An operator changes the programme.</summary>
    /// <param name="At">When it takes effect; null: at once.</param>
    internal sealed record Publish(string Id, int Edit, DateTimeOffset? At) : SimulatedCall(Id, 0)
    {
        public override async Task<SimulatedAnswer> SendAsync(LocalEngine engine)
        {
            var desk = engine.Services.GetRequiredService<PublicationDesk>();
            var draft = await desk.DraftAsync(TestProgramme.Edited(Edit));
            return SimulatedAnswer.Of(await desk.PublishAsync(
                new() { Version = draft.Id, EffectiveAt = At, Call = Call() }));
        }
    }

    /// <summary>A command at the desk.</summary>
    internal sealed record AtDesk(string Id, int Phone, MemberCommand Command) : SimulatedCall(Id, Phone)
    {
        /// <summary>The coupon that it is about; null: the command says its number, or it is about none.
        /// </summary>
        public SimulatedCard? Card { get; init; }

        public override async Task<SimulatedAnswer> SendAsync(LocalEngine engine)
        {
            var found = await engine.Desk.FindAsync(Till.Phone(Phone), default);
            return found.Member is { } member
                ? SimulatedAnswer.Of(await engine.Desk.CommandAsync(
                    member, Command, Call() with { Coupon = Card?.Code }, default))
                : new(SimulatedStatus.Rejected, "nobody", null);
        }
    }

    /// <summary>A lamp for points; who waits for one gets it when it can.</summary>
    internal sealed record Lamp(string Id, int Phone) : SimulatedCall(Id, Phone)
    {
        /// <summary>The order's name.</summary>
        public string Piece =>
            EventKey.Of("piece", "reward:lamp@bay", EventKey.ForCommand("desk", Id).ToString()).ToString();

        public override async Task<SimulatedAnswer> SendAsync(LocalEngine engine)
        {
            var found = await engine.Desk.FindAsync(Till.Phone(Phone), default);
            return found.Member is { } member
                ? SimulatedAnswer.Of(await engine.Services.GetRequiredService<StockDesk>().OrderAsync(
                    member, "lamp", "bay", Call()))
                : new(SimulatedStatus.Rejected, "nobody", null);
        }
    }

    /// <summary>Points from one shopper to another.</summary>
    internal sealed record Gift(string Id, int Phone, int To, int Points) : SimulatedCall(Id, Phone)
    {
        public override async Task<SimulatedAnswer> SendAsync(LocalEngine engine)
        {
            var from = await engine.Desk.FindAsync(Till.Phone(Phone), default);
            var to = await engine.Desk.FindAsync(Till.Phone(To), default);
            return from.Member is { } giver && to.Member is { } friend
                ? SimulatedAnswer.Of(await engine.Services.GetRequiredService<TransferDesk>().TransferAsync(
                    giver, friend, "points", new(Points), null, Call(), default))
                : new(SimulatedStatus.Rejected, "nobody", null);
        }
    }

    /// <summary>A card that goes from hand to hand, or a plate that several hold.</summary>
    /// <param name="Takes">False: it is given up.</param>
    internal sealed record Thing(string Id, int Phone, string Identity, bool Takes) : SimulatedCall(Id, Phone)
    {
        public override async Task<SimulatedAnswer> SendAsync(LocalEngine engine)
        {
            var desk = engine.Services.GetRequiredService<IdentityDesk>();
            if ((await engine.Desk.FindAsync(Till.Phone(Phone), default)).Member is not { } member)
                return new(SimulatedStatus.Rejected, "nobody", null);
            return SimulatedAnswer.Of(Takes
                ? await desk.LinkAsync(member, Identity, null, Call(), default)
                : await desk.ReleaseAsync(
                    member, Identity, "simulated", evenLast: false, Call(), default));
        }
    }

    /// <summary>Who holds a plate, the last one first.</summary>
    internal sealed record Order(string Id, string Plate) : SimulatedCall(Id, 0)
    {
        public override async Task<SimulatedAnswer> SendAsync(LocalEngine engine)
        {
            var desk = engine.Services.GetRequiredService<SharingDesk>();
            var order = (await desk.ReadAsync(Plate, default)).Members;
            var put = await desk.OrderAsync(Plate, [.. order.Reverse()], "simulated", Call(), default);
            return put.Refusal is { } refusal
                ? SimulatedAnswer.Of(DeskAnswer.Refused(refusal))
                : new(
                    put.Status == OrderStatus.Duplicate
                        ? SimulatedStatus.Duplicate : SimulatedStatus.Accepted,
                    null, null);
        }
    }

    /// <summary>One member of two.</summary>
    internal sealed record Merge(string Id, int Phone, int Into) : SimulatedCall(Id, Phone)
    {
        public override async Task<SimulatedAnswer> SendAsync(LocalEngine engine)
        {
            var from = await engine.Desk.FindAsync(Till.Phone(Phone), default);
            var to = await engine.Desk.FindAsync(Till.Phone(Into), default);
            return from.Member is { } member && to.Member is { } into
                ? SimulatedAnswer.Of(await engine.Services.GetRequiredService<MergeDesk>().MergeAsync(
                    member, into, "one person", Call(), default))
                : new(SimulatedStatus.Rejected, "nobody", null);
        }
    }

    private protected DeskCall Call() => new("desk", Id, Encoding.UTF8.GetBytes(Id), DryRun: false);
}
