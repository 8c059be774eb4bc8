using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Overview;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Check;

/// <summary>The overview of a programme, as an operator reads it on a terminal.</summary>
internal static class OverviewText
{
    public static void Write(Programme programme, ConsoleText text, TextWriter output)
    {
        foreach (var type in ProgrammeOverview.Of(programme))
        {
            output.WriteLine();
            output.WriteLine(type.Type);
            for (var i = 0; i < type.Rules.Length; i++)
                Write(i + 1, type.Rules[i], text, output);
        }
    }

    private static void Write(int number, RuleOverview rule, ConsoleText text, TextWriter output)
    {
        var place = rule.Rule.Ref;
        output.WriteLine($"  {number,3}. {text.Format("overview." + KindOf(rule.Action),
            rule.Target, rule.Amount, rule.RoundWord ?? "", rule.Action)}  "
            + $"({place.Rule}, {place.File}:{place.Line})");
        foreach (var detail in rule.Details)
            output.WriteLine($"         {detail.Key}: {detail.Text}");
    }

    /// <summary>Actions without a sentence of their own are what others carry out.</summary>
    private static string KindOf(string action) =>
        action is "earn" or "multiply" or "tag" or "untag" or "set" or "tier" ? action : "effect";
}
