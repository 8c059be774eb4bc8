using MallVip.Rules.Checking;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Cases;

/// <summary>Runs the cases of one file; what does not come out as written is an error at its place.</summary>
/// <param name="own">The programme with the rules of this file alone.</param>
/// <param name="whole">The programme with all rules.</param>
internal sealed class CaseChecker(RuleFile file, Lazy<Programme> own, Programme whole, Declarations declared,
    Findings findings)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The rules that did something in a case, by full id.</summary>
    public HashSet<string> Fired { get; } = new(StringComparer.Ordinal);

    /// <summary>How many cases there were.</summary>
    public int Run()
    {
        var cases = file.Cases?.Items.OfType<YamlMap>().ToArray() ?? [];
        foreach (var map in cases)
            Check(map);
        return cases.Length;
    }

    private void Check(YamlMap map)
    {
        if (map.Scalar("name") is not { } name || map.Map("event") is not { } last ||
            map.Map("expect") is not { } expect)
            return;
        if (!_names.Add(name.Value))
            findings.Error(name.Place, "CASE_TWICE", name.Value);
        var before = findings.ErrorCount;
        var programme = map.Text("with") is "all" ? whole : own.Value;
        var events = new CaseEvents(programme, findings);
        var earlier = map.List("before")?.Items.OfType<YamlMap>().Select(events.Read).ToArray() ?? [];
        var happened = events.Read(last);
        var expectation = Expectation.Read(expect, declared, findings);
        var firstTime = earlier.FirstOrDefault()?.Time ?? happened?.Time ?? DateTimeOffset.UnixEpoch;
        var member = new CaseMember(programme, events, findings);
        var commands = member.Commands(name.Value, map.Map("member"), firstTime, out var enrolled);
        var budgets = CaseBudgets.Read(map.Map("budgets"), file.RuleSet.Value, programme, findings);
        if (findings.ErrorCount > before || happened is null)
            return;
        var run = new CaseRun(programme, budgets, enrolled);
        foreach (var command in commands)
            run.Do(command, enrolled);
        foreach (var command in member.Coupons(map.Map("member")))
            run.Do(command, firstTime);
        foreach (var one in earlier)
            run.Record(one!);
        var comparison = new CaseComparison(name.Value, file.RuleSet.Value, findings);
        if (run.FirstRefusal is { } refusal)
            findings.Error(name.Place, "CASE_BEFORE_REJECTED", name.Value, refusal);
        else
            comparison.Compare(expectation, run.RecordLast(happened));
        Fired.UnionWith(run.Fired);
    }
}
