using MallVip.Silo.Import;

namespace MallVip.System.Tests.Import;

/// <summary>Single rows: dialects, values, times, and what is rejected.</summary>
public sealed class RowTests
{
    private const string Visit = """
        map: 1
        {0}
        source: gate
        emit:
          - type: visit.door
            id: "{{no}}"
            subject: "card:{{card}}"
            time: "{{at}}"
            data: {{ mall: m1, place: "{{place}}" }}
        """;

    [Fact]
    public async Task A_file_in_another_dialect_reads_the_same()
    {
        using var files = new ImportFixture()
            .With("map.yaml",
                Map("csv: { separator: tab, quote: \"'\", header: false, columns: [no, card, at, place] }"))
            .With("in.csv", "1\tC7\t2026-01-02T03:04:05Z\t'Gate\t''B'''\n");
        Assert.Equal(ImportExit.Done, await files.RunAsync());
        Assert.Equal("Gate\t'B'", Place(files, 0));
        Assert.Equal(1, files.Sink.Lines[0].Line);
    }

    [Fact]
    public async Task A_Chinese_code_page_is_read()
    {
        using var files = new ImportFixture().With("map.yaml", Map("csv: { encoding: gb18030 }"));
        var gb = global::System.Text.CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;
        await File.WriteAllBytesAsync(
            files.Csv, gb.GetBytes("no,card,at,place\n1,C7,2026-01-02T03:04:05Z,东门\n"));
        Assert.Equal(ImportExit.Done, await files.RunAsync());
        Assert.Equal("东门", Place(files, 0));
    }

    [Fact]
    public async Task Line_numbers_count_quoted_line_ends_and_blank_lines()
    {
        using var files = new ImportFixture().With("map.yaml", Map("")).With("in.csv",
            "no,card,at,place\n1,C7,2026-01-02T03:04:05Z,\"Gate\nB\"\n\n" +
            "2,C7,2026-01-02T03:04:06Z,D\n3,C7,never,D\n");
        Assert.Equal(ImportExit.Done, await files.RunAsync());
        Assert.Equal([2L, 5L], files.Sink.Lines.Select(line => line.Line));
        Assert.Equal([(6L, RejectCodes.BadTime)], files.Rejected());
    }

    [Fact]
    public async Task Bad_rows_are_listed_and_the_rest_go_on()
    {
        using var files = new ImportFixture().With("map.yaml", Map("")).With("in.csv",
            "no,card,at,place\n" +
            "1,C7,2026-01-02T03:04:05Z,A\n" +
            "2,C7\n" +
            "3,C7,2026-01-02T03:04:05Z,A,more\n" +
            "4,C7,2026-13-02T03:04:05Z,A\n" +
            "5,C7,2026-01-02T03:04:05,A\n" +
            "6,,2026-01-02T03:04:05Z,A\n" +
            "7,C\"7,2026-01-02T03:04:05Z,A\n" +
            "8,C7,2026-01-02T03:04:05Z,A\n");
        Assert.Equal(ImportExit.Done, await files.RunAsync());
        Assert.Equal(["1", "8"], files.Sink.Events.Select(item => item.GetProperty("id").GetString()));
        Assert.Equal(
        [
            (3L, RejectCodes.Short), (4L, RejectCodes.Long), (5L, RejectCodes.BadTime),
            (6L, RejectCodes.BadTime),
            (7L, RejectCodes.Missing), (8L, RejectCodes.Malformed),
        ], files.Rejected());
        Assert.Contains("\"2,C7\"\n", await File.ReadAllTextAsync(files.Rejects), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strict_turns_rejected_rows_into_an_exit_code()
    {
        using var files = new ImportFixture().With("map.yaml", Map(""))
            .With("in.csv", "no,card,at,place\n1,C7\n");
        Assert.Equal(ImportExit.Rejected, await files.RunAsync(files.Options() with { Strict = true }));
    }

    [Theory]
    [InlineData("2026-03-08 02:30:00", "", "2026-03-08T03:30:00-04:00")]
    [InlineData("2026-11-01 01:30:00", "", "2026-11-01T01:30:00-04:00")]
    [InlineData("2026-11-01 01:30:00", "ambiguous: later", "2026-11-01T01:30:00-05:00")]
    [InlineData("2026-03-08 02:30:00", "gap: reject", RejectCodes.TimeInGap)]
    [InlineData("2026-11-01 01:30:00", "ambiguous: reject", RejectCodes.TimeAmbiguous)]
    [InlineData("2026-07-01", "", "2026-07-01T00:00:00-04:00")]
    [InlineData("2026-07-01T10:00:00.25+08:00", "", "2026-07-01T10:00:00.25+08:00")]
    [InlineData("01.07.2026 10:00", "formats: [\"dd.MM.yyyy HH:mm\"]", "2026-07-01T10:00:00-04:00")]
    [InlineData("1782900000", "formats: [unix]", "2026-07-01T10:00:00+00:00")]
    [InlineData("0001-01-01", "", RejectCodes.BadTime)]
    [InlineData("9999-12-31 23:59:59", "", RejectCodes.BadTime)]
    public async Task A_wall_clock_becomes_an_instant(string text, string rule, string expected)
    {
        var time = $"time: {{ zone: America/New_York{(rule.Length > 0 ? ", " + rule : "")} }}";
        using var files = new ImportFixture().With("map.yaml", Map(time))
            .With("in.csv", $"no,card,at,place\n1,C7,{text},A\n");
        Assert.Equal(ImportExit.Done, await files.RunAsync());
        Assert.Equal(expected, files.Sink.Lines.Count == 1
            ? files.Sink.Events[0].GetProperty("time").GetString()
            : files.Rejected()[0].Code);
    }

    [Theory]
    [InlineData("4.440892e-16", "0.0000000000000004440892")]
    [InlineData("1.50", "1.50")]
    [InlineData("-3", "-3")]
    [InlineData("12345678901234567890123456.78901", RejectCodes.Inexact)]
    [InlineData("1e-40", RejectCodes.Inexact)]
    [InlineData("1e-99999999999", RejectCodes.Inexact)]
    [InlineData("1e40", RejectCodes.BadNumber)]
    [InlineData("1,5", RejectCodes.BadNumber)]
    [InlineData("NaN", RejectCodes.BadNumber)]
    public async Task Money_is_exact_or_rejected(string text, string expected)
    {
        using var files = new ImportFixture().With("map.yaml", """
            map: 1
            source: till
            emit:
              - { type: x.y, id: "{no}", subject: "card:1", time: "2026-01-01T00:00:00Z",
                  data: { paid: money(paid) } }
            """).With("in.csv", $"no,paid\n1,\"{text}\"\n");
        Assert.Equal(ImportExit.Done, await files.RunAsync());
        Assert.Equal(expected, files.Sink.Lines.Count == 1
            ? files.Sink.Events[0].GetProperty("data").GetProperty("paid").GetString()
            : files.Rejected()[0].Code);
    }

    [Fact]
    public async Task A_quote_left_open_at_the_end_is_rejected_and_what_was_before_is_sent()
    {
        using var files = new ImportFixture().With("map.yaml", Map("")).With("in.csv",
            "no,card,at,place\n1,C7,2026-01-02T03:04:05Z,A\n" +
            "2,C7,2026-01-02T03:04:05Z,\"A\n3,C7,2026-01-02T03:04:05Z,A\n");
        Assert.Equal(ImportExit.Done, await files.RunAsync());
        Assert.Single(files.Sink.Lines);
        Assert.Contains(
            $"\n3,{RejectCodes.Malformed},", await File.ReadAllTextAsync(files.Rejects),
            StringComparison.Ordinal);
    }

    private static string Map(string section) => Visit.Replace("{0}", section, StringComparison.Ordinal)
        .Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

    private static string? Place(ImportFixture files, int index) =>
        files.Sink.Events[index].GetProperty("data").GetProperty("place").GetString();
}
