using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Members;

/// <summary>
/// Counts rules and tiers that failed on a member, and tells the log of each once per version and reason. The
/// reasons in full, with their values, stand in the member's entries. Thread-safe.
/// </summary>
public sealed partial class RuleAlarm
{
    private const int MostTold = 10_000;

    private readonly ConcurrentDictionary<(string Version, string Rule, string Reason), byte> _told = [];
    private readonly Counter<long> _failures;
    private readonly ILogger<RuleAlarm> _log;

    public RuleAlarm(IMeterFactory meters, ILogger<RuleAlarm> log)
    {
        _log = log;
        _failures = meters.Create("MallVip.Grains").CreateCounter<long>(
            "mallvip.rules.failures", "{failure}", "Rules and tiers that failed on a member.");
    }

    /// <summary>Looks through what an entry has changed.</summary>
    public void Note(Programme programme, ImmutableArray<Fact> facts)
    {
        foreach (var fact in facts)
            if (fact is Fact.Warned
                {
                    Code: WarningCodes.RuleFailed or WarningCodes.TierFailed or WarningCodes.NegativeAmount,
                } warned)
                Note(programme, warned);
    }

    private void Note(Programme programme, Fact.Warned warned)
    {
        var rule = warned.Why?.Rule ?? "";
        _failures.Add(1, KeyValuePair.Create("rule", (object?)rule));
        var reason = ReasonOf(warned);
        if (_told.Count < MostTold && _told.TryAdd((programme.Version, rule, reason), 0))
            Failed(_log, programme.Version[..12], rule, warned.Why?.File, warned.Why?.Line, reason);
    }

    // The words behind an expression's code may hold values of the event; a tier's name stands before it.
    private static string ReasonOf(Fact.Warned warned)
    {
        var names = warned.Why is null ? 2 : 1;
        var parts = warned.Detail.Split(':');
        return parts.Length > names && parts[names - 1].Contains("CEL_", StringComparison.Ordinal)
            ? string.Join(':', parts[..names])
            : warned.Code;
    }

    [LoggerMessage(
        1, LogLevel.Error,
        "A rule of version {Version} fails on members: {Rule} ({File}:{Line}) with {Reason}. "
            + "Their other rules go on")]
    private static partial void Failed(
        ILogger log, string version, string rule, string? file, int? line, string reason);
}
