using System.Diagnostics;
using System.Globalization;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Quantities;

namespace MallVip.Bench;

/// <summary>
/// What a purchase costs by the number of rules in the programme, five of which match it: matching alone, and
/// the whole decision. The sizes take turns, so that a busy machine is busy for all of them.
/// </summary>
internal static class RulesBench
{
    private const int Rounds = 21;

    private static readonly int[] Sizes = [10, 100, 1_000, 5_000];
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(60);

    public static void Run(TextWriter output)
    {
        Warm();
        Measure(output, "rules of 200 categories", RulesBenchFiles.ByCategory);
        Measure(output, "rules of one category, told apart by paid >= N", RulesBenchFiles.ByAmount);
    }

    private static void Warm()
    {
        for (var i = 0; i < 3; i++)
            _ = new ProgrammeLoader().Load(RulesBenchFiles.ByCategory(100));
    }

    private static void Measure(
        TextWriter output, string name, Func<int, Dictionary<string, string>> files)
    {
        var beds = Sizes.Select(rules => new Bed(rules, files(rules))).ToArray();
        foreach (var _ in Enumerable.Range(0, Rounds))
            foreach (var bed in beds)
                bed.Turn(Turn);
        output.WriteLine(name);
        foreach (var bed in beds)
            output.WriteLine(bed.Report());
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  1,000 : 10 rules: matching {beds[2].Match.Median / beds[0].Match.Median:F2}, "
            + $"the whole decision {beds[2].Decision.Median / beds[0].Decision.Median:F2}"));
    }

    private sealed class Bed
    {
        private readonly int _rules;
        private readonly double _load;
        private readonly Programme _programme;
        private readonly MemberState _member;
        private readonly MallEvent _purchase;
        private readonly List<RuleMatch> _matches = [];

        public Bed(int rules, Dictionary<string, string> files)
        {
            var begin = Stopwatch.GetTimestamp();
            var result = new ProgrammeLoader().Load(files);
            _programme = result.Programme
                ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
            (_rules, _load) = (rules, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            var at = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));
            var enrol = new MemberCommand.Enrol(new MemberId(1), at, null, [], null);
            _member = Decide(MemberState.Empty, enrol, at).State;
            _purchase = RulesBenchFiles.Purchase;
            Match = new(MatchOnce);
            Decision = new(() => Decide(_member, new MemberCommand.RecordEvent(_purchase), at));
        }

        public RulesBenchMeter Match { get; }

        public RulesBenchMeter Decision { get; }

        public void Turn(TimeSpan time)
        {
            Match.Run(time);
            Decision.Run(time);
        }

        public string Report() => string.Create(
            CultureInfo.InvariantCulture,
            $"  {_rules,5:N0} rules, {_matches.Count} match: {Match.Median,6:F2} us {Match.Bytes,5:N0} B; "
            + $"whole decision {Decision.Median,6:F2} us {Decision.Bytes,6:N0} B; loaded in {_load:N0} ms");

        private void MatchOnce()
        {
            _matches.Clear();
            _programme.Matcher.Match(
                RulesBenchFiles.Context(_programme, _member, _purchase), _matches);
        }

        private Decision.Accepted Decide(MemberState state, MemberCommand command, DateTimeOffset at) =>
            (Decision.Accepted)MemberDecider.Decide(
                state, command, new() { Programme = _programme, Now = at, Entry = 2 });
    }
}
