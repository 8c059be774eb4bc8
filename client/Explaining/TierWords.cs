using MallVip.Client.Texts;
using MallVip.Rules.Commands;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Explaining;

/// <summary>Changes of tier in words.</summary>
internal sealed class TierWords(Phrases phrases, EntryExplanation entry)
{
    private readonly RuleWords _rules = new(phrases);

    public string Of(LineExplanation line, Fact.TierChanged changed)
    {
        var happened = line.Event is { } at ? entry.Events[at] : null;
        return phrases.Fill(
            changed.From == changed.To ? "tier.stays" : "tier",
            ("from", NameOf(changed.From)), ("to", NameOf(changed.To)), ("time", Local(changed.At)),
            ("place", (happened?.Store?.Name ?? happened?.Mall?.Name) is { } place
                ? phrases.Fill("place", ("place", place)) : ""),
            ("until", changed.Until is { } end ? phrases.Fill("tier.until", ("until", Local(end))) : ""),
            ("reason", Reason(line, changed, happened)));
    }

    private string Reason(LineExplanation line, Fact.TierChanged changed, EventExplanation? happened) =>
        changed switch
        {
            _ when line.Rule is { } rule && happened is not null => _rules.Acting(rule, happened),
            { Cause: "opening" } => phrases.Fill("tier.opening"),
            { Cause: "merge" } when line.Tiers.IsEmpty => phrases.Fill("tier.merge"),
            { Cause: "hand" } => phrases.Fill(
                "tag.by-hand", ("actor", entry.Entry.Actor), ("reason", Given(entry.Entry.Command))),
            { Cause: "return" } => phrases.Fill("tier.return"),
            { Cause: "grant-ended" } => phrases.Fill("tier.grant-ended"),
            { Cause: "grace", Grace: { } ended } => phrases.Fill("tier.grace", ("ended", Local(ended))),
            _ => Ladder(line, changed),
        };

    /// <summary>What the ladder says of the tier, or of the one beneath a tier that was given.</summary>
    private string Ladder(LineExplanation line, Fact.TierChanged changed)
    {
        var earned = changed.Grant is { } grant ? grant.Earned?.Tier : changed.To;
        return line.Tiers.FirstOrDefault(asked => asked.Holds && asked.Tier.Id == earned) switch
        {
            { Condition: { } condition } reached =>
                $"{condition.Text}: {condition.WithValues}"
                + _rules.SourceOf("programme.yaml", reached.Line),
            not null => phrases.Fill("tier.open"),
            null when earned is null => phrases.Fill("tier.lost"),
            null when IsOneDown(changed, earned) => phrases.Fill("tier.one-down"),
            null => phrases.Fill(Opens(earned) && changed.From is not null ? "tier.open" : "tier.enrol"),
        };
    }

    private bool IsOneDown(Fact.TierChanged changed, string? earned) =>
        changed.Cause == "validity" && TierOf(earned) is { Entry: not null } below
        && entry.Programme.Tiers.Length > below.Rank + 1
        && entry.Programme.Tiers[below.Rank + 1].Downgrade == TierFall.OneDown;

    private bool Opens(string? tier) => TierOf(tier) is { Entry: null };

    private Tier? TierOf(string? id) => entry.Programme.Tiers.FirstOrDefault(tier => tier.Id == id);

    private string Given(MemberCommand? command) => command switch
    {
        MemberCommand.GrantTier { Reason.Length: > 0 } grant =>
            phrases.Fill("reason", ("reason", grant.Reason)),
        MemberCommand.EndTierGrant { Reason.Length: > 0 } end =>
            phrases.Fill("reason", ("reason", end.Reason)),
        _ => "",
    };

    private string NameOf(string? id) => id is null ? phrases.Fill("tier.none") : DisplayNames.Of(
        phrases.Language, "tier", id, TierOf(id)?.Name ?? id);

    private string Local(DateTimeOffset at) => phrases.Time(ZoneTime.Local(at, entry.Programme.Zone));
}
