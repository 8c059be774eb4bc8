using System.Collections.Immutable;
using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tiers;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>Enrolment, with or without what a member brings along.</summary>
internal static class EnrolArm
{
    public static Decision? Decide(DecisionDraft draft, MemberCommand.Enrol command)
    {
        if (draft.State.Id is { } present)
            return Refusal.Of(RejectionKind.AlreadyEnrolled, null, $"Member {present} is enrolled.");
        if (EventRange.RefuseYear(command.At) is { } refusal)
            return refusal;
        Enrol(draft, command);
        Climb(draft, command, "enrol");
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.OpenAccount command)
    {
        if (draft.State.Id is { } present)
            return Refusal.Of(RejectionKind.AlreadyEnrolled, null, $"Member {present} is enrolled.");
        if (EventRange.RefuseYear(command.Enrolment.At) is { } ageless)
            return ageless;
        if (Refuse(command, draft.Programme) is { } refusal)
            return refusal;
        Enrol(draft, command.Enrolment);
        foreach (var lot in command.Lots)
            Earning.Add(
                draft, lot.Wallet, lot.Amount, MinuteStamp.Round(lot.ActivatesAt),
                MinuteStamp.Round(lot.ExpiresAt), null);
        if (command.Tier is not null)
            draft.Add(
                new Fact.TierChanged(null, command.Tier, command.Enrolment.At, command.TierUntil, "opening"));
        foreach (var tag in command.Tags ?? [])
            Carry(draft, new Fact.TagAdded(tag.Tag, command.Enrolment.At, tag.Until, null));
        Climb(draft, command.Enrolment, "opening");
        return null;
    }

    private static Decision? Refuse(MemberCommand.OpenAccount command, Programme programme)
    {
        for (var i = 0; i < command.Lots.Length; i++)
            if (command.Lots[i].Amount.Value is <= 0 or > Points.Limit)
                return Refusal.Of(
                    RejectionKind.AmountOutOfRange, $"lots[{i}].amount",
                    $"{command.Lots[i].Amount} is not 1 to 10^15.");
        for (var i = 0; i < command.Lots.Length; i++)
            if (programme.FindWallet(command.Lots[i].Wallet) is null)
                return Refusal.Of(
                    RejectionKind.UnknownWallet, $"lots[{i}].wallet",
                    $"No wallet is called {command.Lots[i].Wallet}.");
        if (command.Tier is not null && programme.Tiers.All(tier => tier.Id != command.Tier))
            return Refusal.Of(RejectionKind.UnknownTier, "tier", $"No tier is called {command.Tier}.");
        return RefuseTags(command.Tags ?? [], command.Enrolment.At);
    }

    private static Decision? RefuseTags(ImmutableArray<OpeningTag> tags, DateTimeOffset since)
    {
        for (var i = 0; i < tags.Length; i++)
            if (!Tags.IsWellFormed(tags[i].Tag))
                return Refusal.Of(RejectionKind.InvalidTag, $"tags[{i}].tag", "The tag is not well-formed.");
        for (var i = 0; i < tags.Length; i++)
            if (tags[i].Until <= since)
                return Refusal.Of(
                    RejectionKind.InvalidTag, $"tags[{i}].until",
                    $"{tags[i].Until:O} is not ahead of {since:O}.");
        return null;
    }

    private static void Carry(DecisionDraft draft, Fact.TagAdded given)
    {
        draft.Add(given);
        TagGroups.Displace(draft, given);
    }

    private static void Enrol(DecisionDraft draft, MemberCommand.Enrol command) =>
        draft.Add(new Fact.Enrolled(
        command.Member, command.At, command.Mall, command.Identities, command.Attributes));

    private static void Climb(DecisionDraft draft, MemberCommand.Enrol command, string cause)
    {
        var scope = EventScope.OfMember(draft.Programme, draft.State, "member.enrolled", "enrol", command.At);
        TierLadder.Climb(draft, scope, cause);
    }
}
