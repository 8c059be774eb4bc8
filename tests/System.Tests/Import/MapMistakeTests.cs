using MallVip.Silo.Import;

namespace MallVip.System.Tests.Import;

/// <summary>A wrong map is told in full before the first row is read.</summary>
public sealed class MapMistakeTests
{
    [Fact]
    public async Task All_mistakes_come_at_once_with_line_and_column()
    {
        using var files = new ImportFixture().With("in.csv", "receipt,phone,at,paid\n").With("map.yaml", """
            map: 2
            csv: { separator: ";;" }
            time: { zone: Mars/Olympus, gap: jump }
            joins: { goods: { file: none.csv, key: sku } }
            group-by: reciept
            sorce: till
            emit:
              - id: "{receipt"
                type: parking.entry
                subject: "phone:{phone:000x}"
                time: "{at}"
                data:
                  receipt: {receipt}
                  paid: total(paid)
                  brand: "{goods.brand}"
            """);
        Assert.Equal(ImportExit.Unusable, await files.RunAsync(ImportKind.Purchases));
        var found = files.Console.Error.ToString()!.Split('\n')
            .Where(line => line.StartsWith(files.Map, StringComparison.Ordinal))
            .Select(line =>
                string.Join(':', line[(files.Map.Length + 1)..].Split(':').Take(3))
                    .Replace(": ", ":", StringComparison.Ordinal))
            .ToArray();
        Assert.Equal(
        [
            "1:6:bad_value", "2:19:bad_value", "3:15:unknown_zone", "3:34:bad_value", "4:25:join_unreadable",
            "4:40:unknown_column", "5:11:unknown_column", "6:1:unknown_key", "8:5:missing_key",
            "8:9:bad_template",
            "9:11:wrong_kind", "10:14:unknown_format", "13:7:missing_key", "13:7:missing_key",
            "13:16:bad_template", "14:13:unknown_function",
        ], found);
        Assert.Contains("Did you mean 'receipt'?", files.Console.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Did you mean 'source'?", files.Console.Error.ToString(), StringComparison.Ordinal);
        Assert.Null(files.Sink.Run);
    }

    [Theory]
    [InlineData("map: [1", "yaml_syntax")]
    [InlineData("map: 1\nmap: 1", "yaml_syntax")]
    [InlineData("", "yaml_syntax")]
    [InlineData("just text", "wrong_shape")]
    [InlineData("map: 1", "missing_key")]
    public async Task What_is_no_map_is_told(string map, string code)
    {
        using var files = new ImportFixture().With("in.csv", "a\n1\n").With("map.yaml", map);
        Assert.Equal(ImportExit.Unusable, await files.RunAsync());
        Assert.Contains(code, files.Console.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_events_of_a_row_need_two_ids()
    {
        const string Event = """{ type: x.y, id: "{a}", subject: "card:{a}", time: "{a}" }""";
        using var files = new ImportFixture().With("in.csv", "a\n1\n")
            .With("map.yaml", $"map: 1\nsource: s\nemit: [{Event}, {Event}]");
        Assert.Equal(ImportExit.Unusable, await files.RunAsync());
        Assert.Contains("id_not_unique", files.Console.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_missing_or_empty_is_named()
    {
        using var files = new ImportFixture().With("map.yaml", "map: 1");
        Assert.Equal(ImportExit.Unusable, await files.RunAsync());
        files.With("in.csv", "");
        Assert.Equal(ImportExit.Unusable, await files.RunAsync());
        Assert.Contains("in.csv cannot be read", files.Console.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("in.csv is empty", files.Console.Error.ToString(), StringComparison.Ordinal);
    }
}
