using MallVip.Silo.Import;

namespace MallVip.System.Tests.Import;

/// <summary>Whatever stands in the files, an import ends with an exit code and says why.</summary>
public sealed class HostileInputTests
{
    private const string Litter = "\"{}:,;\0\t\n&*[]#-\uFFFD\uD83D";

    private static readonly Dictionary<string, string> Example =
        DocsTests.FilesOf(File.ReadAllText(LibraryMaps.Path("docs/import.md")));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_mutilated_map_or_file_never_throws(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 100; i++)
        {
            var map = i % 2 == 0 ? Mutilate(Example["map.yaml"], random) : Example["map.yaml"];
            var csv = i % 2 == 0 ? Example["sales.csv"] : Mutilate(Example["sales.csv"], random);
            using var files = new ImportFixture().With("in.csv", csv).With("map.yaml", map)
                .With("articles.csv", Example["articles.csv"]);
            var exit = await files.RunAsync(ImportKind.Purchases);
            Assert.True(exit is ImportExit.Done or ImportExit.Unusable, $"seed {seed}, round {i}: {exit}");
            Assert.True(exit == ImportExit.Done || files.Console.Error.ToString()!.Length > 0);
        }
    }

    [Theory]
    [InlineData("map: 1\na: &a [x, x]\nb: &b [*a, *a]\nc: *b")]
    [InlineData("map: 1\nemit: &loop [*loop]")]
    [InlineData("map: 1\ncsv: { separator: '\"' }")]
    [InlineData("map: 1\ncsv: { encoding: utf-7 }")]
    public async Task An_odd_map_is_told(string map)
    {
        using var files = new ImportFixture().With("in.csv", "a\n1\n").With("map.yaml", map);
        Assert.Equal(ImportExit.Unusable, await files.RunAsync());
    }

    [Fact]
    public async Task A_map_that_is_nested_without_end_is_refused()
    {
        using var files = new ImportFixture().With("in.csv", "a\n1\n")
            .With("map.yaml", "map: 1\nemit: " + new string('[', 200_000));
        Assert.Equal(ImportExit.Unusable, await files.RunAsync());
        Assert.Contains("nested more than", files.Console.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Aliases_that_multiply_are_refused()
    {
        var levels = string.Concat(Enumerable.Range(1, 12).Select(level =>
            $"      l{level}: &l{level} [{string.Join(", ", Enumerable.Repeat($"*l{level - 1}", 10))}]\n"));
        using var files = new ImportFixture().With("in.csv", "a\n1\n").With("map.yaml", $$"""
            map: 1
            source: s
            emit:
              - type: x.y
                id: "{a}"
                subject: "card:{a}"
                time: "{a}"
                data:
                  l0: &l0 "x"

            """ + levels);
        Assert.Equal(ImportExit.Unusable, await files.RunAsync());
        Assert.Contains("more than 10000 values", files.Console.Error.ToString(), StringComparison.Ordinal);
    }

    // Cuts, doubles, swaps and litters.
    private static string Mutilate(string text, Random random)
    {
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(text.Length);
            var length = random.Next(Math.Min(20, text.Length - at));
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text.Insert(at, Litter[random.Next(Litter.Length)].ToString()),
                _ => text.Remove(at, length).Insert(at, new string('9', length)),
            };
        }
        return text;
    }
}
