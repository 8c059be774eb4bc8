using MallVip.Rules.Cel;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Explaining;

/// <summary>An entry, or some of its lines, in sentences.</summary>
internal sealed class EntryText(Phrases phrases, EntryExplanation entry)
{
    private readonly RuleWords _rules = new(phrases);
    private readonly LineWords _lines = new(phrases, entry);

    /// <summary>One sentence for what each event earned, what came back, and each other line; then the
    /// version.</summary>
    /// <param name="line">Only this line; null: all of them.</param>
    public string Summary(int? line)
    {
        var wanted = entry.Lines.Where(one => line is null || one.Number == line).ToList();
        var sentences = new List<string>();
        var told = new HashSet<int>();
        foreach (var one in wanted)
            if (told.Add(one.Number))
                sentences.Add(Sentence(one, wanted, told));
        if (wanted.Count == 0)
            sentences.Add(Nothing());
        if (!entry.IsSame)
            sentences.Add(phrases.Fill("changed"));
        sentences.Add(phrases.Fill("version", ("version", entry.Programme.Version[..12])));
        return string.Join(phrases.Language == Rules.Checking.Language.Chinese ? "" : " ", sentences);
    }

    /// <summary>What a basket would give.</summary>
    public string Quote()
    {
        var happened = entry.Main;
        var earned = entry.Lines.Where(IsEarned).ToList();
        var sentence = earned.Count == 0
            ? phrases.Fill("quote.nothing", ("time", TimeOf(happened)), ("place", _lines.Place(happened)))
            : Earned("quote", earned);
        var version = phrases.Fill("version", ("version", entry.Programme.Version[..12]));
        return phrases.Language == Rules.Checking.Language.Chinese ? sentence + version
            : $"{sentence} {version}";
    }

    private string Sentence(LineExplanation line, List<LineExplanation> wanted, HashSet<int> told)
    {
        if (IsEarned(line))
            return Earned("earned", Together(wanted, told, other =>
                IsEarned(other) && other.Event == line.Event));
        return line is { Fact: Fact.Reversed, Reversal: { } back }
            ? Reversed(back, Together(wanted, told, other => other.Reversal?.Purchase == back.Purchase))
            : _lines.Of(line);
    }

    private static List<LineExplanation> Together(
        List<LineExplanation> wanted, HashSet<int> told, Func<LineExplanation, bool> belongs)
    {
        var lines = wanted.Where(belongs).ToList();
        told.UnionWith(lines.Select(line => line.Number));
        return lines;
    }

    private string Earned(string key, List<LineExplanation> lines)
    {
        var happened = lines[0].Event is { } at ? entry.Events[at] : null;
        var wallets = lines.Select(line => ((Fact.Earned)line.Fact).Wallet).Distinct().Count();
        return phrases.Fill(
            key, ("sums", Sums(lines.Select(line => ((Fact.Earned)line.Fact) switch
            {
                var fact => (fact.Wallet, fact.Amount),
            }))),
            ("time", TimeOf(happened)), ("place", _lines.Place(happened)),
            ("lines", phrases.Join("list.semicolon", lines.Select(line =>
                Acting(line, happened, (Fact.Earned)line.Fact, wallets > 1)))));
    }

    private string Acting(
        LineExplanation line, EventExplanation? happened, Fact.Earned earned, bool withWallet)
    {
        var amount = withWallet
            ? phrases.Fill(
                "sum", ("points", Phrases.Number(earned.Amount.Value)),
                ("wallet", _lines.Wallet(earned.Wallet)))
            : Phrases.Number(earned.Amount.Value);
        return line.Rule is { } rule && happened is not null
            ? _rules.Acting(rule, happened, amount)
            : phrases.Fill(
                "rule.unknown", ("rule", RuleWords.NameOf(earned.Why?.Rule ?? "?")), ("amount", amount));
    }

    private string Reversed(ReversalExplanation back, List<LineExplanation> lines) => phrases.Fill(
        "reversed",
        ("sums", Sums(lines.Select(line => ((Fact.Reversed)line.Fact) switch
        {
            var fact => (fact.Wallet, fact.Amount),
        }))),
        ("time", _lines.Clock()),
        ("place", _lines.Place(entry.Main)),
        ("paid", Money(back.PaidLeft)),
        ("whole", Money(back.Paid)),
        ("receipt", back.Receipt),
        ("lines", phrases.Join("list.semicolon", lines.Select(line =>
            Kept(line.Reversal!, (Fact.Reversed)line.Fact)))));

    private string Kept(ReversalExplanation back, Fact.Reversed fact) => phrases.Fill(
        "kept",
        ("rule", RuleWords.NameOf(fact.Why?.Rule ?? "?")),
        ("kept", Phrases.Number(back.Kept.Value)),
        ("before", Phrases.Number(back.Before.Value)),
        ("formula", _rules.FormulaOf(Formula.Of(back))),
        ("policy", back is { Rule: { } rule, By: null }
            ? phrases.Fill("kept.policy", ("policy", Formula.WordOf(rule.OnReturn)))
            : ""),
        ("words", _rules.WordsOf(back.Conditions.Where(condition => !condition.Holds))),
        ("source", back.Rule is { } made ? _rules.SourceOf(made) : ""),
        ("notes", Note("kept.lapsed", fact.Lapsed) + Note("kept.short", fact.Shortfall)
            + Note("kept.below", fact.FromBalance)));

    private string Note(string key, Points points) =>
        points == Points.Zero ? "" : phrases.Fill(key, ("points", Phrases.Number(points.Value)));

    private string Nothing() => entry.Main is { } happened
        ? phrases.Fill("nothing", ("time", TimeOf(happened)), ("place", _lines.Place(happened)))
        : phrases.Fill("no-event");

    private string Sums(IEnumerable<(string Wallet, Points Amount)> lines) => phrases.Join(
        "list.and", lines.GroupBy(line => line.Wallet, StringComparer.Ordinal).Select(wallet => phrases.Fill(
            "sum", ("points", Phrases.Number(wallet.Sum(line => line.Amount.Value))),
            ("wallet", _lines.Wallet(wallet.Key)))));

    private string TimeOf(EventExplanation? happened) =>
        happened is null ? _lines.Clock() : phrases.Time(happened.Local);

    private static string Money(Money money) => ShownValue.Of(CelValue.Of(money.Amount));

    private static bool IsEarned(LineExplanation line) => line.Fact is Fact.Earned { Why: not null };
}
