using System.Collections.Immutable;
using MallVip.Rules.Facts;

namespace MallVip.Silo.Verify;

/// <summary>
/// Holds both ends of every merge together: who has become a part of another was absorbed by it, once, after
/// it had come to a stand. What came along is compared by the ledgers' own audit.
/// </summary>
internal sealed class MergeAudit
{
    private readonly Dictionary<string, Merge> _open = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    /// <summary>Merges that do not add up, one sentence each. Asked at the end; one that is under way is no
    /// problem.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Takes in an entry.</summary>
    /// <param name="member">Whose it is.</param>
    public void Visit(UInt128 member, ImmutableArray<Fact> facts)
    {
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case Fact.MergeStarted started:
                    Expect(
                        _open.TryAdd(
                            started.Merge.Id, new(member, started.Merge.Into.Value, IsAbsorbed: null)),
                        started.Merge.Id, "it has begun twice");
                    break;
                case Fact.Absorbed absorbed:
                    Answer(absorbed.Merge, absorbed.Member.Value, member, isAbsorbed: true);
                    break;
                case Fact.MergeRefused refused:
                    Answer(refused.Merge, refused.From.Value, member, isAbsorbed: false);
                    break;
                case Fact.MergeEnded ended:
                    Expect(
                        _open.Remove(ended.Merge, out var merge) && merge.From == member
                            && merge.IsAbsorbed == (ended.Refused is null),
                        ended.Merge, "its end is not what the other member has answered");
                    break;
                default:
                    break;
            }
        }
    }

    private void Answer(string id, UInt128 from, UInt128 into, bool isAbsorbed)
    {
        Expect(
            _open.TryGetValue(id, out var merge) && merge == new Merge(from, into, IsAbsorbed: null),
            id, "it is answered, but was not asked, or for the second time");
        _open[id] = new(from, into, isAbsorbed);
    }

    private void Expect(bool holds, string merge, string problem)
    {
        if (!holds)
            _problems.Add($"merge {merge}: merge: {problem}.");
    }

    /// <param name="IsAbsorbed">Null: not answered yet.</param>
    private readonly record struct Merge(UInt128 From, UInt128 Into, bool? IsAbsorbed);
}
