using System.Collections.Immutable;
using MallVip.Grains.Due;
using MallVip.Grains.Journal;
using MallVip.Rules.Due;

namespace MallVip.Grains.Tests.Due;

/// <summary>Where a sweep begins.</summary>
public sealed class SweepMarkTests
{
    private const string Away = "member.inactive(60d)";
    private const string Lapse = "points.expiring(7d)";

    [Fact]
    public void What_was_never_swept_begins_at_the_beginning() =>
        Assert.Equal(0, SweepMark.For(Of(), null).Done);

    [Theory]
    [InlineData(Away, IJournal.Shares, Away, IJournal.Shares)]
    [InlineData(Away, IJournal.Shares, "", IJournal.Shares)]
    [InlineData("", IJournal.Shares, Away, 0)]
    [InlineData(Away, IJournal.Shares, Lapse, 0)]
    [InlineData(Away, 77, Away, 77)]
    // Some rows were armed for the one, some for the other: neither can be gone on with.
    [InlineData(Away, 77, "", 0)]
    [InlineData("", 77, Away, 0)]
    public void A_sweep_goes_on_only_for_the_same(string before, int done, string after, int from)
    {
        var mark = SweepMark.For(Of(after), new(Of(before), done));

        Assert.Equal(from, mark.Done);
        Assert.True(mark.Outlook.IsAs(Of(after)));
    }

    [Fact]
    public async Task It_is_read_as_it_was_written()
    {
        await using var journal = new MemoryJournal();
        Assert.Null(await SweepMark.ReadAsync(journal, default));

        await new SweepMark(Of(Away, Lapse), 12).WriteAsync(journal, default);
        var read = await SweepMark.ReadAsync(journal, default);

        Assert.Equal(12, read!.Done);
        Assert.True(read.Outlook.IsAs(Of(Away, Lapse)));
        Assert.Equal(
            """{"outlook":{"timed":{"member.inactive(60d)":"2026-05-01T00:00:00+00:00","points.expiring(7d)":"2026-05-01T00:00:00+00:00"},"zones":{"":"Asia/Shanghai"}},"done":12}""",
            await journal.GetMetaAsync(SweepMark.Setting));
    }

    private static DueOutlook Of(params string[] timed) => new(
        timed.Where(type => type.Length > 0).ToImmutableSortedDictionary(
            type => type, _ => new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero),
            StringComparer.Ordinal),
        ImmutableSortedDictionary<string, string>.Empty.Add("", "Asia/Shanghai"));
}
