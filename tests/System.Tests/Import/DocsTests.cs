using System.Text.RegularExpressions;
using MallVip.Silo.Import;

namespace MallVip.System.Tests.Import;

/// <summary>What docs/import.md shows is what happens.</summary>
public sealed partial class DocsTests
{
    private static readonly Dictionary<string, string> Files =
        FilesOf(File.ReadAllText(LibraryMaps.Path("docs/import.md")));

    [Fact]
    public async Task The_example_gives_the_events_and_rejects_it_shows()
    {
        using var files = new ImportFixture().With("in.csv", Files["sales.csv"])
            .With("articles.csv", Files["articles.csv"]).With("map.yaml", Files["map.yaml"]);

        Assert.Equal(ImportExit.Done, await files.RunAsync(ImportKind.Purchases));

        Assert.Equal(Files["expected.ndjson"], await TextAsync(files.Sink));
        Assert.Equal(Files["rejects.csv"], await File.ReadAllTextAsync(files.Rejects));
        Assert.Equal([2L, 4L, 4L], files.Sink.Lines.Select(line => line.Line));
    }

    [Fact]
    public async Task The_members_come_as_they_are_shown_and_are_read_back()
    {
        using var files = new ImportFixture().With("in.csv", Files["members.csv"])
            .With("map.yaml", Files["members.map.yaml"]);

        Assert.Equal(ImportExit.Done, await files.RunAsync(ImportKind.Members));

        Assert.Equal(Files["members.ndjson"], await TextAsync(files.Sink));
        var first = OpeningMember.Parse(files.Sink.Lines[0].Json.Span);
        Assert.Equal(["card:C-1", "phone:+8613800138000"], first.Identities);
        Assert.Equal([1200L, 300L], first.Wallets[0].Lots.Select(lot => lot.Amount));
        Assert.Equal(new DateTimeOffset(2027, 3, 31, 16, 0, 0, TimeSpan.Zero), first.Tier!.Until);
        Assert.Null(OpeningMember.Parse(files.Sink.Lines[1].Json.Span).Tier);
    }

    [Fact]
    public void Every_reject_code_is_in_the_docs()
    {
        var docs = File.ReadAllText(LibraryMaps.Path("docs/import.md"));
        Assert.All(RejectCodes.All, code => Assert.Contains($"`{code}`", docs, StringComparison.Ordinal));
    }

    private static async Task<string> TextAsync(CollectingSink sink)
    {
        using var text = new MemoryStream();
        var ndjson = new NdjsonSink(text);
        await ndjson.AcceptAsync(sink.Lines, CancellationToken.None);
        return global::System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    internal static Dictionary<string, string> FilesOf(string markdown) =>
        Block().Matches(markdown)
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["text"].Value);

    [GeneratedRegex(@"<!-- file: (?<name>\S+) -->\n```\w+\n(?<text>.*?)```",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Block();
}
