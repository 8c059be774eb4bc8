using System.Globalization;
using System.Text;
using MallVip.Grains.Journal;
using MallVip.Grains.Stock;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>A stock begins with its newest snapshot, and with its journal where there is none to be read.
/// </summary>
public sealed class StockSnapshotTests
{
    private const int Schema = 1;
    private const string Terms = "stock: 700, stock-per-day: 690, claim: { hold: 60, waiting: 30 }";
    private const int Claims = 705;

    private static readonly GrainKey Flash = new(GrainKind.Stock, UInt128.Parse(
        EventKey.Of("stock", "", "coupon:flash").ToString(), NumberStyles.AllowHexSpecifier,
        CultureInfo.InvariantCulture));

    private readonly MemoryJournal _journal = new();
    private readonly ManualTime _time = new();
    private MemberId[] _members = [];

    [Fact]
    public async Task A_stock_of_many_entries_wakes_with_few_and_goes_on_where_it_was()
    {
        var before = await ClaimAllAsync();
        var counting = new CountingJournal(_journal, GrainKind.Stock);

        await using var host = await StockBed.StartAsync(counting, _time, Terms);
        Assert.Equal(before, await host.StockAsync());
        Assert.True((await _journal.ReadAsync(Flash)).Count > 1_300);
        Assert.InRange(counting.Read, 1, 513);

        await GoesOnAsync(host);
        await host.AssertCleanAsync();
    }

    [Theory]
    [InlineData("garbage", 0, 0)]
    [InlineData("null", 0, 0)]
    [InlineData("{}", 0, 0)]
    [InlineData("half", 0, 0)]
    [InlineData(null, -1, 0)]
    [InlineData(null, 1, 0)]
    [InlineData(null, 0, 100_000)]
    public async Task A_snapshot_that_is_damaged_of_another_format_or_ahead_of_the_journal_is_none(
        string? text, int format, int ahead)
    {
        var before = await ClaimAllAsync();
        var saved = (await _journal.LoadSnapshotAsync(Flash, Schema))!;
        await _journal.SaveSnapshotsAsync([saved with
        {
            Schema = Schema + format,
            Seq = saved.Seq + ahead,
            State = text switch
            {
                null => saved.State,
                "half" => saved.State[..(saved.State.Length / 2)],
                _ => Encoding.UTF8.GetBytes(text),
            },
        }]);
        var counting = new CountingJournal(_journal, GrainKind.Stock);

        await using var host = await StockBed.StartAsync(counting, _time, Terms);
        Assert.Equal(before, await host.StockAsync());
        Assert.True(counting.Read > 1_300);

        await GoesOnAsync(host);
        await host.AssertCleanAsync();
    }

    /// <summary>Two are set aside, 688 are taken, and fifteen wait for the next day.</summary>
    private async Task<StockReading> ClaimAllAsync()
    {
        await using var host = await StockBed.StartAsync(_journal, _time, Terms, background: true);
        _members = await host.RegisterAllAsync(Claims);
        await host.StockAsync();
        for (var at = 0; at < Claims; at += 100)
            await Task.WhenAll(_members[at..Math.Min(Claims, at + 100)].Select(
                (member, i) => host.ClaimAsync(member, $"c{at + i}", hold: at + i < 2)));
        var reading = await host.StockAsync();
        Assert.Equal((688, 2, 15, 0), Of(reading));
        return reading;
    }

    /// <summary>Who has it set aside confirms, who waits has the place, a repeat is the same piece.</summary>
    private async Task GoesOnAsync(EngineHost host)
    {
        var held = await host.ClaimAsync(_members[0], "c0", hold: true);
        Assert.Equal(StockStatus.Held, held.Answer.Status);
        Assert.Equal(
            StockStatus.Taken, (await host.Desk().ConfirmAsync("flash", held.Piece)).Answer.Status);
        Assert.Equal(StockStatus.Taken, (await host.ClaimAsync(_members[5], "c5")).Answer.Status);
        Assert.Equal(15, (await host.ClaimAsync(_members[704], "c704")).Answer.Place);
        Assert.Equal(16, (await host.ClaimAsync(_members[5], "more")).Answer.Place);
        Assert.Equal((689, 1, 16, 0), Of(await host.StockAsync()));
    }

    private static (long, long, long, long) Of(StockReading reading) =>
        (reading.Taken, reading.Reserved, reading.Waiting, reading.Left);
}
