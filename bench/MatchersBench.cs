using System.Diagnostics;
using System.Globalization;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Bench;

/// <summary>
/// What matching one purchase costs by matcher and number of rules, five of which match it. All take turns,
/// so that a busy machine is busy for all of them.
/// </summary>
internal static class MatchersBench
{
    private const int Rounds = 21;

    private static readonly int[] Sizes = [10, 100, 1_000];
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(40);

    /// <summary>MallVip's own, the plain way, and what else the stack has.</summary>
    public static void Run(TextWriter output)
    {
        (string Name, IMatcherBuilder? Builder)[] matchers =
            [("network", null), ("linear delegates", LinearMatcher.Builder), .. StackMatchers.All];
        var beds = Sizes.SelectMany(
            rules => matchers.Select(matcher => new Bed(matcher.Name, rules, matcher.Builder))).ToArray();
        foreach (var _ in Enumerable.Range(0, Rounds))
            foreach (var bed in beds)
                bed.Meter.Run(Turn);
        foreach (var bed in beds)
            output.WriteLine(bed.Report());
    }

    private sealed class Bed
    {
        private readonly string _name;
        private readonly int _rules;
        private readonly double _load;
        private readonly Programme _programme;
        private readonly MallEvent _purchase;
        private readonly List<RuleMatch> _matches = [];

        public Bed(string name, int rules, IMatcherBuilder? builder)
        {
            var begin = Stopwatch.GetTimestamp();
            var result = new ProgrammeLoader(builder).Load(RulesBenchFiles.ByCategory(rules));
            _programme = result.Programme
                ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
            (_name, _rules) = (name, rules);
            _load = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            _purchase = RulesBenchFiles.Purchase;
            Meter = new(MatchOnce);
        }

        public RulesBenchMeter Meter { get; }

        public string Report() => string.Create(
            CultureInfo.InvariantCulture,
            $"  {_rules,5:N0} rules, {_name,-16} {_matches.Count} match: {Meter.Median,8:F2} us "
            + $"{Meter.Bytes,7:N0} B; loaded in {_load:N0} ms");

        private void MatchOnce()
        {
            _matches.Clear();
            _programme.Matcher.Match(
                RulesBenchFiles.Context(_programme, MemberState.Empty, _purchase), _matches);
        }
    }
}
