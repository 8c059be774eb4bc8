using System.Globalization;
using MallVip.Client.Texts;
using MallVip.Rules.Cel;
using MallVip.Rules.Events;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;
using MallVip.Rules.Reviews;

namespace MallVip.Client.Explaining;

/// <summary>Lines in words that stand for themselves: all but what rules earned and returns took.</summary>
internal sealed class LineWords(Phrases phrases, EntryExplanation entry)
{
    private readonly RuleWords _rules = new(phrases);

    public string Of(LineExplanation line) => line.Fact switch
    {
        Fact.Earned earned => phrases.Fill(
            "earned.opening", ("points", Number(earned.Amount)), ("wallet", Wallet(earned.Wallet)),
            ("time", Clock())),
        Fact.SpentPoints spent => Spent(line, spent),
        Fact.Expired { Reason: { } reason } expired => Lot(
            "expired.by-hand", line, expired.Wallet, expired.Amount, reason),
        Fact.Expired expired => Lot("expired", line, expired.Wallet, expired.Amount),
        Fact.Extended extended => phrases.Fill(
            extended.Reason is null ? "extended" : "extended.by-hand",
            ("points", Number(extended.Amount)), ("wallet", Wallet(extended.Wallet)), ("time", Clock()),
            ("until", Local(extended.ExpiresAt)), ("actor", entry.Entry.Actor),
            ("reason", Reason(extended.Reason))),
        Fact.Activated activated => Lot("activated", line, activated.Wallet, activated.Amount),
        Fact.Adjusted adjusted => Adjusted(line, adjusted),
        Fact.Transferred moved => Transferred(line, moved),
        Fact.WalletJoined joined => Merged(
            "merged.from", joined.Member, joined.Sums.Wallet, joined.Sums.Balance),
        Fact.WalletLeft left => Merged("merged.to", left.To, left.Wallet, left.Balance),
        Fact.TierChanged changed => new TierWords(phrases, entry).Of(line, changed),
        Fact.TagAdded added => phrases.Fill(
            "tagged", ("tag", added.Tag), ("time", Local(added.At)),
            ("until", Until("tag.until", added.Until)), ("reason", TagReason(line, byTime: false))),
        Fact.TagRemoved removed => phrases.Fill(
            "untagged", ("tag", removed.Tag), ("time", Clock()),
            ("reason", TagReason(line, removed.Cause == "ended"))),
        Fact.AttributeSet set => phrases.Fill(
            "attribute", ("name", set.Name), ("value", Shown(set.Value)), ("time", Clock()),
            ("place", Place(EventOf(line))), ("reason", ActionReason(line, set.Why))),
        Fact.Flagged flagged => phrases.Fill(
            "flagged", ("time", Clock()), ("place", Place(EventOf(line))), ("text", flagged.Reason),
            ("reason", ActionReason(line, flagged.Why))),
        Fact.ReviewEnded ended => phrases.Fill(
            ended.How == ReviewEnd.Released ? "released" : "rejected", ("review", ended.Review),
            ("time", Clock()), ("actor", entry.Entry.Actor), ("reason", Reason(ended.Reason))),
        Fact.Reversed reversed => phrases.Fill(
            "taken-back", ("points", Number(reversed.Amount)), ("wallet", Wallet(reversed.Wallet)),
            ("time", Clock())),
        Fact.Effect effect => phrases.Fill(
            "effect." + Formula.WordOf(effect.Kind), ("name", effect.Target), ("data", Data(effect)),
            ("time", Clock()), ("place", Place(EventOf(line))), ("reason", ActionReason(line, effect.Why))),
        var other => throw new InvalidOperationException($"No words for {other.GetType().Name}."),
    };

    /// <summary>A wallet's name in the language.</summary>
    public string Wallet(string id) => DisplayNames.Of(
        phrases.Language, "wallet", id, entry.Programme.FindWallet(id)?.Name ?? id);

    /// <summary>The clock of the entry on the programme's wall.</summary>
    public string Clock() => Local(entry.Entry.At);

    /// <summary>Where an event happened; empty: nowhere in particular.</summary>
    public string Place(EventExplanation? happened) =>
        (happened?.Store?.Name ?? happened?.Mall?.Name) is { } place
            ? phrases.Fill("place", ("place", place))
            : "";

    public string Reason(string? reason) =>
        string.IsNullOrEmpty(reason) ? "" : phrases.Fill("reason", ("reason", reason));

    /// <summary>The rule that acted; only its name where the archive does not know it.</summary>
    private string ActionReason(LineExplanation line, RuleRef? why) =>
        line is { Rule: { } rule, Event: not null }
            ? _rules.Acting(rule, EventOf(line)!)
            : RuleWords.NameOf(why?.Rule ?? "?");

    private string Data(Fact.Effect effect) => effect.Data is not { } data ? "" : phrases.Fill(
        "effect.data", ("data", phrases.Join(
            "list.comma", data.Select(value => $"{value.Key} = {Shown(value.Value)}"))));

    private static string Shown(FieldValue? value) => value switch
    {
        null => "",
        FieldValue.Number number => ShownValue.Of(CelValue.Of(number.Value)),
        FieldValue.Handle => "***",
        _ => ShownValue.Of(CelValue.Of(FieldText.Of(value))),
    };

    private string Spent(LineExplanation line, Fact.SpentPoints spent) => phrases.Fill(
        "spent", ("points", Number(spent.Amount)), ("wallet", Wallet(spent.Wallet)), ("time", Clock()),
        ("place", Place(EventOf(line))), ("actor", entry.Entry.Actor), ("reason", Reason(spent.Reason)),
        ("parts", Parts(line)),
        ("credit", spent.FromBalance == Points.Zero
            ? "" : phrases.Fill("credit", ("points", Number(spent.FromBalance)))),
        ("short", spent.Short == Points.Zero ? "" : phrases.Fill("short", ("points", Number(spent.Short)))));

    private string Adjusted(LineExplanation line, Fact.Adjusted adjusted) => phrases.Fill(
        entry.Entry.Facts.Any(fact => fact is Fact.Returned) ? "given-back" : "adjusted",
        ("points", Number(adjusted.Amount)), ("wallet", Wallet(adjusted.Wallet)), ("time", Clock()),
        ("actor", entry.Entry.Actor),
        ("reason", entry.Entry.Facts.Any(fact => fact is Fact.Returned)
            ? adjusted.Reason
            : Reason(adjusted.Reason)),
        ("parts", Parts(line)));

    private string Transferred(LineExplanation line, Fact.Transferred moved) => phrases.Fill(
        moved.Amount < Points.Zero ? "transferred.to"
            : entry.Entry.Facts.Any(fact => fact is Fact.TransferEnded) ? "transferred.back"
            : "transferred.from",
        ("points", Number(moved.Amount < Points.Zero ? -moved.Amount : moved.Amount)),
        ("wallet", Wallet(moved.Wallet)), ("time", Clock()), ("member", moved.Other.ToString()),
        ("reason", Reason(moved.Reason)), ("parts", Parts(line)));

    private string Merged(string key, MemberId member, string wallet, Points points) => phrases.Fill(
        key, ("points", Number(points)), ("wallet", Wallet(wallet)), ("time", Clock()),
        ("member", member.ToString()));

    private string Lot(
        string key, LineExplanation line, string wallet, Points amount, string? reason = null) =>
        phrases.Fill(
        key, ("points", Number(amount)), ("wallet", Wallet(wallet)), ("time", Clock()),
        ("actor", entry.Entry.Actor), ("reason", Reason(reason)),
        ("shares", phrases.Join("list.semicolon", line.Shares.Select(Share))));

    private string Share(LotShare share) => phrases.Fill(
        share.Rule is null ? "share.none" : "share",
        ("left", Number(share.Left)), ("amount", Number(share.Amount)),
        ("rule", RuleWords.NameOf(share.Rule ?? "")), ("time", Local(share.At)),
        ("seq", share.Seq.ToString(CultureInfo.InvariantCulture)));

    private string Parts(LineExplanation line) => line.Parts.IsEmpty ? "" : phrases.Fill(
        "parts", ("parts", phrases.Join("list.comma", line.Parts.Select(part => phrases.Fill(
            part.ExpiresAt is null ? "part.ever" : "part",
            ("points", Number(part.Amount)),
            ("until", part.ExpiresAt is { } until ? Local(until) : ""))))));

    private string TagReason(LineExplanation line, bool byTime)
    {
        if (line is { Rule: { } rule, Event: not null })
            return _rules.Acting(rule, EventOf(line)!);
        if (line is { End: { } end, Fact: Fact.TagRemoved { Why: { } why } }
            && entry.Programme.FindRule(why.Rule) is { } giver)
            return $"{end.Text}: {end.WithValues}{_rules.SourceOf(giver)}";
        if (byTime)
            return phrases.Fill("tag.ended");
        var reason = entry.Entry.Command switch
        {
            Rules.Commands.MemberCommand.AddTag add => add.Reason,
            Rules.Commands.MemberCommand.RemoveTag remove => remove.Reason,
            _ => null,
        };
        return phrases.Fill("tag.by-hand", ("actor", entry.Entry.Actor), ("reason", Reason(reason)));
    }

    private EventExplanation? EventOf(LineExplanation line) => line.Event is { } at ? entry.Events[at] : null;

    private string Until(string key, DateTimeOffset? until) =>
        until is { } end ? phrases.Fill(key, ("until", Local(end))) : "";

    private string Local(DateTimeOffset at) => phrases.Time(ZoneTime.Local(at, entry.Programme.Zone));

    private static string Number(Points points) => Phrases.Number(points.Value);
}
