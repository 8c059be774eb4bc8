using MallVip.Silo.Import;

namespace MallVip.System.Tests.Import;

/// <summary>Rows that make one receipt, joins, and the order of what is sent.</summary>
public sealed class GroupTests
{
    private const string Receipts = """
        map: 1
        joins: { article: { file: articles.csv, key: sku, missing: reject } }
        group-by: receipt
        source: till
        emit:
          - id: "{receipt}"
            subject: "card:{card}"
            time: "{at}"
            time-of: latest
            data: { receipt: "{receipt}", store: s1, paid: sum(paid), rows: count(),
                    lines: { each: { sku: "{sku}", of: "{article.name}" } } }
        """;

    private const string Articles = "sku,name\na,Apple\nb,Bread\n";

    [Fact]
    public async Task Rows_of_a_receipt_may_lie_anywhere_even_when_memory_is_short()
    {
        var rows = Enumerable.Range(0, 5_000).Select(i =>
            $"R{i % 1_000:D4},C1,2026-01-01T{i % 1_000 / 60:D2}:{i % 1_000 % 60:D2}:00Z,{"ab"[i % 2]},0.10");
        using var files = Files("receipt,card,at,sku,paid\n" + string.Join('\n', rows));
        Assert.Equal(ImportExit.Done, await files.RunAsync(
            files.Options(ImportKind.Purchases) with { SortBytes = 20_000, BatchSize = 7 }));

        Assert.Equal(1_000, files.Sink.Lines.Count);
        Assert.All(files.Sink.Events, item =>
        {
            Assert.Equal("0.50", item.GetProperty("data").GetProperty("paid").GetString());
            Assert.Equal(5, item.GetProperty("data").GetProperty("rows").GetInt32());
        });
        Assert.Equal(files.Sink.Lines.OrderBy(line => line.Time).ThenBy(line => line.Line), files.Sink.Lines);
        Assert.Empty(Directory.GetDirectories(Path.GetDirectoryName(files.Csv)!));
    }

    [Fact]
    public async Task The_order_does_not_depend_on_how_much_memory_there_is()
    {
        var rows = Enumerable.Range(0, 3_000).Select(i => $"R{i * 7919 % 900},C1,2026-01-0{1 + i % 3},a,1");
        using var big = Files("receipt,card,at,sku,paid\n" + string.Join('\n', rows));
        using var small = Files("receipt,card,at,sku,paid\n" + string.Join('\n', rows));
        await big.RunAsync(big.Options(ImportKind.Purchases));
        await small.RunAsync(small.Options(ImportKind.Purchases) with { SortBytes = 3_000 });
        Assert.Equal(big.Sink.Lines.Select(line => line.Line), small.Sink.Lines.Select(line => line.Line));
    }

    [Fact]
    public async Task A_bad_row_takes_its_receipt_along_and_no_other()
    {
        using var files = Files("""
            receipt,card,at,sku,paid
            R1,C1,2026-01-01T00:00:00Z,a,1
            R2,C1,2026-01-01T00:00:01Z,a,1
            R1,C1,2026-01-01T00:00:00Z,b,free
            R3,C1,2026-01-01T00:00:02Z,zzz,1
            R4,C1,2026-01-01T00:00:02Z
            R4,C1,2026-01-01T00:00:02Z,a,1
            ,C1,2026-01-01T00:00:02Z,a,1
            R5,C1,2026-01-01T00:00:02Z,a,1
            R5,C2,2026-01-01T00:00:02Z,a,1
            """);
        Assert.Equal(ImportExit.Done, await files.RunAsync(ImportKind.Purchases));
        Assert.Equal(["R2"], files.Sink.Events.Select(item => item.GetProperty("id").GetString()));
        Assert.Equal(
        [
            (2L, RejectCodes.GroupRejected), (4L, RejectCodes.BadNumber), (5L, RejectCodes.JoinMissing),
            (6L, RejectCodes.Short), (7L, RejectCodes.GroupRejected), (8L, RejectCodes.GroupMissing),
            (9L, RejectCodes.GroupRejected), (10L, RejectCodes.GroupDisagrees),
        ], files.Rejected().Order());
    }

    [Fact]
    public async Task A_sum_that_would_be_rounded_is_rejected()
    {
        using var files = Files("""
            receipt,card,at,sku,paid
            R1,C1,2026-01-01T00:00:00Z,a,79228162514264337593543950
            R1,C1,2026-01-01T00:00:00Z,a,0.0000000001
            """);
        Assert.Equal(ImportExit.Done, await files.RunAsync(ImportKind.Purchases));
        Assert.Contains(files.Rejected(), row => row.Code == RejectCodes.Inexact);
    }

    [Fact]
    public async Task The_time_of_a_receipt_may_be_its_latest_row()
    {
        using var files = Files("""
            receipt,card,at,sku,paid
            R1,C1,2026-01-01T00:00:09Z,a,1
            R1,C1,2026-01-01T00:00:05Z,b,1
            """);
        await files.RunAsync(ImportKind.Purchases);
        Assert.Equal("2026-01-01T00:00:09+00:00", files.Sink.Events[0].GetProperty("time").GetString());
    }

    [Fact]
    public async Task Events_of_one_row_are_sent_at_their_own_times_and_ties_in_the_stated_order()
    {
        using var files = new ImportFixture().With("in.csv", """
            no,plate,in,out
            1,A,2026-01-01 10:00,2026-01-01 12:00
            2,B,2026-01-01 09:00,2026-01-01 11:00
            3,B,2026-01-01 11:00,2026-01-01 11:00
            4,A,2026-01-01 12:00,
            5,B,2026-01-01 12:30,-
            """).With("map.yaml", """
            map: 1
            csv: { empty: ["-"] }
            time: { zone: Europe/Oslo }
            source: g
            tie-order: [parking.exit, parking.entry]
            emit:
              - { type: parking.entry, id: "{no}i", subject: "plate:{plate}", time: "{in}",
                  data: { lot: P1, plate: "{plate}" } }
              - { type: parking.exit, id: "{no}o", when: out, subject: "plate:{plate}", time: "{out}",
                  data: { lot: P1, plate: "{plate}" } }
            """);
        Assert.Equal(ImportExit.Done, await files.RunAsync());
        Assert.Equal(["2i", "1i", "2o", "3i", "3o", "1o", "4i", "5i"],
            files.Sink.Events.Select(item => item.GetProperty("id").GetString()));
    }

    private static ImportFixture Files(string csv) =>
        new ImportFixture().With("map.yaml", Receipts).With("articles.csv", Articles).With("in.csv", csv);
}
