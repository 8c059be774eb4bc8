using MallVip.Client.Keys;
using MallVip.Rules.Programmes;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Hosting;

/// <summary>
/// What finds the rules that match, as configured under <c>MallVip:Rules:Matcher</c>: <c>Network</c>
/// (default, MallVip's own) or one that only this stack has.
/// </summary>
internal static class MatcherSetting
{
    private const string Own = "Network";

    /// <summary>Null: MallVip's own.</summary>
    /// <exception cref="StartupRefusedException">This build has none of that name.</exception>
    public static IMatcherBuilder? Read()
    {
        var name = Settings.Section("Rules")["Matcher"] ?? Own;
        if (name.Equals(Own, StringComparison.OrdinalIgnoreCase))
            return null;
        return GrainStack.Matchers.GetValueOrDefault(name)
            ?? throw new StartupRefusedException([ConsoleText.Current.Format(
                "serve.matcher", name, string.Join(", ", [Own, .. GrainStack.Matchers.Keys]))]);
    }
}
