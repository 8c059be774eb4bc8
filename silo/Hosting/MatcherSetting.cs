using System.Collections.Immutable;
using MallVip.Rules.Programmes;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Hosting;

/// <summary>
/// What finds the rules that match, as configured under <c>MallVip:Rules:Matcher</c>: <c>Network</c>
/// (default, MallVip's own) or one that only this stack has.
/// </summary>
internal sealed class MatcherSetting
{
    private const string Own = "Network";

    private MatcherSetting(IMatcherBuilder? builder, ImmutableArray<string> faults) =>
        (Builder, Faults) = (builder, faults);

    /// <summary>Null: MallVip's own.</summary>
    public IMatcherBuilder? Builder { get; }

    /// <summary>What is wrong; empty: nothing.</summary>
    public ImmutableArray<string> Faults { get; }

    public static MatcherSetting Load()
    {
        var name = Settings.Section("Rules")["Matcher"] ?? Own;
        if (name.Equals(Own, StringComparison.OrdinalIgnoreCase))
            return new(null, []);
        return GrainStack.Matchers.TryGetValue(name, out var builder)
            ? new(builder, [])
            : new(null, [ConsoleText.Current.Format(
                "serve.matcher", name, string.Join(", ", [Own, .. GrainStack.Matchers.Keys]))]);
    }
}
