using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Tests.Journaling;

/// <summary>What version 6 added for members who come over, every member set.</summary>
internal static class GoldenOpening
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));
    private static readonly MemberId Who = MemberId.Parse("01234567-89ab-cdef-0123-456789abcdef");

    public static IEnumerable<(string Name, EntryBody Body)> Sixth =>
    [
        ("open-tags", Of(
            new MemberCommand.OpenAccount(new(Who, At, null, [], null), [], null, null)
            {
                Tags = [new("vip", null), new("baby", At.AddYears(1))],
            },
            new Fact.TagAdded("vip", At, null, null))),
    ];

    private static EntryBody Of(MemberCommand command, Fact fact) => new(6, command, [fact], new([], null));
}
