using System.Collections.Immutable;
using System.Globalization;
using MallVip.Rules.Explaining;
using MallVip.Rules.Programmes;

namespace MallVip.Client.Explaining;

/// <summary>Rules in words: what one gave and why, or why it gave nothing.</summary>
internal sealed class RuleWords(Phrases phrases)
{
    private readonly ConditionWords _conditions = new(phrases);
    private readonly GroupWords _groups = new(phrases);

    /// <summary>The id within its rule set.</summary>
    public static string NameOf(string rule) => rule[(rule.LastIndexOf('/') + 1)..];

    /// <summary>A rule that made a ledger line: <c>base 60 = floor(600 / 10) (points.yaml:3)</c>.</summary>
    /// <param name="amount">The line's points, with the wallet where it is not clear.</param>
    public string Acting(RuleExplanation rule, EventExplanation happened, string amount) => phrases.Fill(
        "rule",
        ("rule", NameOf(rule.Rule.Ref.Rule)),
        ("amount", amount),
        ("formula", FormulaOf(Formula.Of(rule))),
        ("words", WordsOf(rule, happened)),
        ("source", SourceOf(rule.Rule)),
        ("group", rule.Group is { } group ? _groups.Won(group) : ""),
        ("cuts", CutsOf(rule)));

    /// <summary>A rule that gave no points, such as a tag.</summary>
    public string Acting(RuleExplanation rule, EventExplanation happened) => phrases.Fill(
        "rule.plain",
        ("rule", NameOf(rule.Rule.Ref.Rule)),
        ("words", WordsOf(rule, happened)),
        ("source", SourceOf(rule.Rule)));

    /// <summary>A rule that did not act, and why.</summary>
    public string NotActing(RuleExplanation rule, EventExplanation happened) => phrases.Fill(
        "not-acting.rule",
        ("rule", NameOf(rule.Rule.Ref.Rule)),
        ("source", SourceOf(rule.Rule)),
        ("reason", ReasonOf(rule, happened)));

    /// <summary>Why a rule did not act.</summary>
    public string ReasonOf(RuleExplanation rule, EventExplanation happened) => rule.Outcome switch
    {
        RuleOutcome.ConditionFalse when rule.FirstFalse is { } condition => _conditions.Failing(condition),
        RuleOutcome.NotActive => phrases.Fill(
            "outcome.not-active",
            ("time", phrases.Time(happened.Local)),
            ("weekday", Weekday(happened.Local.DayOfWeek)),
            ("window", WindowOf(rule.Rule.Active!))),
        RuleOutcome.Failed => phrases.Fill(
            "outcome.failed", ("error", $"{rule.Fault?.Code}: {rule.Fault?.Message}")),
        RuleOutcome.AmountZero => phrases.Fill(
            "outcome.amount-zero", ("formula", FormulaOf(Formula.Of(rule)))),
        RuleOutcome.LimitUsedUp => phrases.Fill("outcome.limit-used-up", ("use", UseOf(rule.Limit))),
        RuleOutcome.BudgetUsedUp => phrases.Fill(
            "outcome.budget-used-up", ("asked", Phrases.Number(rule.Budget?.Asked.Value ?? 0))),
        RuleOutcome.Capped when rule.Cap is null => phrases.Fill("outcome.ceiling"),
        RuleOutcome.Capped => phrases.Fill("outcome.capped", ("use", UseOf(rule.Cap))),
        RuleOutcome.NotPicked when rule.Group is { } group => _groups.Lost(group, rule.Rule),
        var other => phrases.Fill("outcome." + Formula.WordOf(other)),
    };

    public string FormulaOf(string? formula) =>
        formula is null ? "" : phrases.Fill("rule.formula", ("formula", formula));

    public string SourceOf(Rule rule) => SourceOf(rule.Ref.File, rule.Ref.Line);

    public string SourceOf(string file, int line) => line == 0 ? "" : phrases.Fill(
        "rule.source", ("file", file), ("line", line.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Conditions that hold, each behind a comma.</summary>
    public string WordsOf(IEnumerable<ExpressionTrace> conditions) => string.Concat(conditions
        .Select(condition => condition.Holds
            ? _conditions.Holding(condition)
            : _conditions.Failing(condition))
        .OfType<string>().Select(word => phrases.Fill("rule.word", ("word", word))));

    private string WordsOf(RuleExplanation rule, EventExplanation happened)
    {
        var days = rule.Rule.Active is { Days.IsDefaultOrEmpty: false }
            ? phrases.Fill("rule.word", ("word", Weekday(happened.Local.DayOfWeek)))
            : "";
        return days + WordsOf(rule.Conditions);
    }

    private string CutsOf(RuleExplanation rule)
    {
        if (rule.Calculation is not { Rounded: { } rounded } line)
            return "";
        var limited = line.Limited < rounded
            ? Cut("rule.limited", rounded.Value, line.Limited.Value, rule.Limit)
            : "";
        var granted = rule.Budget?.Granted ?? line.Limited;
        var budgeted = granted < line.Limited
            ? Cut("rule.budgeted", line.Limited.Value, granted.Value, null)
            : "";
        return limited + budgeted + (line.Points < granted
            ? Cut(
                rule.Cap is null ? "rule.ceiling" : "rule.capped", granted.Value, line.Points.Value, rule.Cap)
            : "");
    }

    private string Cut(string key, long from, long to, WindowUse? use) => phrases.Fill(
        key, ("from", Phrases.Number(from)), ("to", Phrases.Number(to)), ("use", UseOf(use)));

    private string UseOf(WindowUse? use)
    {
        if (use is null)
            return "";
        var every = phrases.Fill("window." + Formula.WordOf(use.Every));
        return use.MostAmount is { } most && (use.MostTimes is null || use.Times < use.MostTimes)
            ? phrases.Fill(
                "use.amount", ("amount", Phrases.Number(use.Amount.Value)),
                ("most", Phrases.Number(most.Value)), ("every", every))
            : phrases.Fill(
                "use.times", ("times", Phrases.Number(use.Times)),
                ("most", Phrases.Number(use.MostTimes ?? 0)), ("every", every));
    }

    private string Weekday(DayOfWeek day) => phrases.Fill("weekday." + day);

    private string WindowOf(ActiveWindow window)
    {
        var parts = new List<string>();
        if (window.From is { } from)
            parts.Add(phrases.Fill("active.from", ("day", Iso(from))));
        if (window.To is { } to)
            parts.Add(phrases.Fill("active.to", ("day", Iso(to))));
        if (!window.Days.IsDefaultOrEmpty)
            parts.Add(phrases.Fill(
                "active.days", ("days", phrases.Join("list.comma", window.Days.Select(Weekday)))));
        if (window is { Start: { } start, End: { } end })
            parts.Add(phrases.Fill("active.hours", ("start", Hour(start)), ("end", Hour(end))));
        if (!window.Calendars.IsEmpty)
            parts.Add(phrases.Fill("active.calendars", ("calendars", Names(window.Calendars))));
        if (!window.Except.IsEmpty)
            parts.Add(phrases.Fill("active.except", ("calendars", Names(window.Except))));
        return parts.Count == 0 ? phrases.Fill("active.other") : phrases.Join("list.comma", parts);
    }

    private string Names(ImmutableArray<Rules.Programmes.Calendar> calendars) =>
        phrases.Join("list.comma", calendars.Select(calendar => calendar.Id));

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Hour(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
