using System.Text.Json;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.System.Tests.RealData;

namespace MallVip.System.Tests.Reports;

/// <summary><c>mallvip report</c> beside a running engine.</summary>
public sealed class ReportVerbTests
{
    [Fact]
    public async Task It_writes_csv_and_json_beside_a_running_engine()
    {
        using var folder = new TempFolder();
        await using var story = await Story.PlayAsync(SqliteJournal.Open(folder.Path));

        var csv = await Verb.RunAsync(
            0, "", "report", "funding", "--cost", "points=0.01", "--data", folder.Path);
        Assert.Equal(
            """
            month,mall,store,wallet,issued,returned,byMall,byStore,byBrand,costMall,costStore,costBrand
            2026-11,bay,beauty-hall,points,220,55,150,6,9,1.5,0.06,0.09
            2026-11,bay,noodles,points,160,25,135,0,0,1.35,0,0

            """.ReplaceLineEndings("\n"),
            csv.Out.ToString()!.ReplaceLineEndings("\n"));

        var path = folder.File("points.json");
        await Verb.RunAsync(
            0, "", "report", "points", "--from", "2026-11-08", "--format", "json", "--out", path, "--data",
            folder.Path);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(path));
        Assert.Equal("2026-11-08", json.RootElement.GetProperty("from").GetString());
        var rows = json.RootElement.GetProperty("rows").EnumerateArray();
        Assert.Equal(247, rows.Sum(row => row.GetProperty("net").GetInt64()));
    }

    [Fact]
    public async Task A_day_close_reads_the_tills_file_and_names_every_bad_row()
    {
        using var folder = new TempFolder();
        await using var story = await Story.PlayAsync(SqliteJournal.Open(folder.Path));
        var till = folder.File("till.csv");
        string[] args =
        [
            "report", "day-close", "--store", "noodles", "--from", "2026-11-08", "--till", till, "--data",
            folder.Path,
        ];

        await File.WriteAllTextAsync(till, "Receipt,Paid,Refund\nN1,100,\nN1,-25,Bb1\nN2,50,\n=1+1,3,\n");
        var close = await Verb.RunAsync(0, "", args);
        Assert.Equal(
            """
            what,receipt,refund,till,counted,tillPaid,countedPaid
            purchases,,,3,3,153,160
            refunds,,,1,1,25,25
            missing,"'=1+1",,1,0,3,
            extra,N3,,0,1,,10
            extra,U1,,0,0,,77
            extra,X1,Bb3,0,0,,5

            """.ReplaceLineEndings("\n"),
            close.Out.ToString()!.ReplaceLineEndings("\n"));

        await File.WriteAllTextAsync(till, "receipt,paid\nN1,100\nN1,100\n,5\nN2,abc\n");
        var bad = await Verb.RunAsync(2, "", args);
        Assert.Equal(3, bad.ErrorLines.Length);
        await Verb.RunAsync(2, "", args[..2]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("points", "--cost", "points")]
    [InlineData("points", "--from", "yesterday")]
    public async Task What_it_does_not_understand_it_refuses(params string[] args) =>
        await Verb.RunAsync(1, "", ["report", .. args]);
}
