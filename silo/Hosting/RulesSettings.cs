namespace MallVip.Silo.Hosting;

/// <summary>How rules are run, as configured under <c>MallVip:Rules</c>.</summary>
public sealed record RulesSettings
{
    /// <summary>See <see cref="MatcherSetting"/>. Default <c>Network</c>.</summary>
    public string Matcher { get; init; } = "Network";
}
