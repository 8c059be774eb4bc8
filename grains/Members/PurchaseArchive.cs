using System.Collections.Immutable;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;

namespace MallVip.Grains.Members;

/// <summary>
/// Finds a member's purchase in the journal for its refund. The receipt's key says where to look; the state
/// before it is folded from the nearest milestone, and each such fold leaves milestones for the next one.
/// </summary>
/// <param name="absorbed">Members who have become a part of this one: it answers for their purchases.</param>
public sealed class PurchaseArchive(
    MemberServices services, GrainKey grain, ImmutableArray<AbsorbedMember> absorbed)
{
    /// <summary>Entries between two milestones of a member: what is folded at most before a purchase.
    /// </summary>
    public const int MilestoneEvery = 256;

    /// <summary>
    /// All that the journal holds of a purchase: the state before it, its entry and those since.
    /// </summary>
    public async Task<PurchasePast> ReadAsync(Need need)
    {
        var purchase = need as Need.OfPurchase
            ?? throw new InvalidOperationException($"No archive has {need.GetType().Name}.");
        var entry = await FindAsync(purchase);
        foreach (var part in absorbed)
            if (entry?.Grain == GrainOf(part))
                return await ReadAsync(purchase, part, entry);
        return await ReadAsync(purchase, entry);
    }

    private async Task<PurchasePast> ReadAsync(Need.OfPurchase purchase, JournalEntry? entry)
    {
        if (entry is { Seq: > 1 } && entry.Grain == grain
            && await ReadAsync(purchase, entry.Seq) is { Before: not null } found)
            return found;
        return await ReadAsync(purchase, from: 1);
    }

    /// <summary>The entry that has the receipt, or the one by which it came from its identity. The purchase
    /// stands there or, if it waited for its store, later. Null: anywhere.</summary>
    private async Task<JournalEntry?> FindAsync(Need.OfPurchase purchase)
    {
        var entry = await EntryAsync(EventKey.ForReceipt(purchase.Store, purchase.Receipt));
        return entry?.Grain.Kind == GrainKind.Identity ? await EntryAsync(entry.Key.Carried()) : entry;
    }

    /// <summary>A purchase of an absorbed member: its own entries, then those of whoever took it in, down to
    /// this member, all with the lots as they are numbered here.</summary>
    private async Task<PurchasePast> ReadAsync(
        Need.OfPurchase purchase, AbsorbedMember part, JournalEntry entry)
    {
        var past = await new PurchaseArchive(services, entry.Grain, []).ReadAsync(purchase, entry);
        // A purchase that waited for its store there and was settled here.
        if (past.Before is null)
            return await ReadAsync(purchase, from: 1);
        var since = new List<EntryFacts>();
        since.AddRange(past.Since.Select(of => of.WithLotsFrom(part.LotsFrom)));
        for (AbsorbedMember? link = part, by; link is not null; link = by)
        {
            by = absorbed.FirstOrDefault(next => next.Member == link.By);
            var holder = by is null ? grain : GrainOf(by);
            foreach (var later in await services.Journal.ReadAsync(holder, link.Entry - 1))
                since.Add(new EntryFacts(later.Seq, null, JournalJson.ReadFacts(later.Body.Span))
                    .WithLotsFrom(by?.LotsFrom ?? 0));
        }

        return past with { Before = LotNumbers.Shift(past.Before, part.LotsFrom), Since = since };
    }

    private static GrainKey GrainOf(AbsorbedMember part) => new(GrainKind.Member, part.Member.Value);

    private async Task<JournalEntry?> EntryAsync(EventKey key)
    {
        var claim = await services.Keys.FindAsync(key);
        return claim.Kind == KeyClaimKind.Written ? await services.Journal.ReadAtAsync(claim.Pos) : null;
    }

    private async Task<PurchasePast> ReadAsync(Need.OfPurchase purchase, long from)
    {
        var (before, seq) = await MilestoneAsync(from - 1);
        var version = (string?)null;
        var since = new List<EntryFacts>();
        foreach (var entry in await services.Journal.ReadAsync(grain, seq))
        {
            var facts = JournalJson.ReadFacts(entry.Body.Span);
            if (version is not null)
            {
                since.Add(new(entry.Seq, null, facts));
            }
            else if (entry.Seq >= from && Records(facts, purchase))
            {
                version = entry.RulesVersion;
                since.Add(new(entry.Seq, JournalJson.ReadBody(entry.Body.Span).Command, facts));
            }
            else
            {
                Leave(before = MemberFold.Apply(before, facts, entry.Seq), entry.Seq);
            }
        }

        return version is null
            ? PurchasePast.NotFound(purchase)
            : new(purchase, before, await services.Programmes.GetAsync(version), since);
    }

    private async Task<(MemberState State, long Seq)> MilestoneAsync(long atMost)
    {
        if (atMost < MilestoneEvery)
            return (MemberState.Empty, 0);
        var saved = await services.Journal.LoadMilestoneAsync(grain, MemberSnapshot.Schema, atMost);
        return saved is not null && MemberSnapshot.Read(saved.Schema, saved.State.Span) is { } state
            ? (state, saved.Seq)
            : (MemberState.Empty, 0);
    }

    private void Leave(MemberState state, long seq)
    {
        if (seq % MilestoneEvery == 0)
            services.Snapshots.Offer(
                new(grain, seq, MemberSnapshot.Schema, MemberSnapshot.Write(state)) { IsMilestone = true });
    }

    internal static bool Records(ImmutableArray<Fact> facts, Need.OfPurchase purchase)
    {
        foreach (var fact in facts)
        {
            if (fact is Fact.Purchased bought
                && bought.Store == purchase.Store && bought.Receipt == purchase.Receipt)
                return true;
        }

        return false;
    }
}
