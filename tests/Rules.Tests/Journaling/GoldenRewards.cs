using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;

namespace MallVip.Rules.Tests.Journaling;

/// <summary>What version 7 added for stocks.</summary>
internal static class GoldenRewards
{
    public static IEnumerable<(string Name, EntryBody Body)> Seventh =>
    [
        ("piece-back", new(
            7, new MemberCommand.EndPieceBack("s/1"), [new Fact.PieceReturned("s/1")], new([], "gold"))),
    ];
}
