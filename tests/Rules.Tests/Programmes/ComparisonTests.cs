using MallVip.Rules.Programmes.Comparing;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>What differs between two versions, in rules and in lines.</summary>
public sealed class ComparisonTests
{
    private const string Rules = """
        ruleset: r
        rules:
          base:
            on: mall.purchase
            earn: { wallet: points, amount: event.paid }
          fan:
            on: mall.purchase
            tag: fan
        """;

    [Fact]
    public void Rules_and_declarations_are_told_by_name()
    {
        var before = Small.Files(Rules);
        var after = Small.Files(
            Rules.Replace("event.paid", "event.paid * 2", StringComparison.Ordinal)
                .Replace("  fan:", "  regular:", StringComparison.Ordinal),
            Small.Declarations.Replace("growth: { spendable: false }", "gift: {}", StringComparison.Ordinal));

        var comparison = ProgrammeComparison.Of(before, after);

        Assert.Equal(
            ["Changed rule r/base rules.yaml:3", "Removed rule r/fan rules.yaml:6",
                "Added rule r/regular rules.yaml:6", "Added wallet gift programme.yaml:13",
                "Removed wallet growth programme.yaml:13"],
            comparison.Changes.Select(c => $"{c.Change} {c.What} {c.Id} {c.Place.File}:{c.Place.Line}"));
        Assert.Equal(["programme.yaml", "rules.yaml"], comparison.Files.Select(file => file.Path));
    }

    [Fact]
    public void Comments_blanks_and_the_order_of_keys_change_no_rule()
    {
        var after = """
            # Points.
            ruleset: r
            rules:
              base:
                earn: { amount: event.paid, wallet: points }
                on: mall.purchase

              fan:
                on: mall.purchase
                tag: "fan"
            """;

        var comparison = ProgrammeComparison.Of(Small.Files(Rules), Small.Files(after));

        Assert.Empty(comparison.Changes);
        Assert.Single(comparison.Files);
    }

    [Fact]
    public void A_unified_diff_has_three_lines_around_each_difference()
    {
        var before = string.Concat(Enumerable.Range(1, 20).Select(line => $"{line}\n"));
        var after = before.Replace("5\n6\n", "5\nnew\n6\n", StringComparison.Ordinal)
            .Replace("18\n", "", StringComparison.Ordinal);

        Assert.Equal(
            """
            --- a/f.yaml
            +++ b/f.yaml
            @@ -3,6 +3,7 @@
             3
             4
             5
            +new
             6
             7
             8
            @@ -15,6 +16,5 @@
             15
             16
             17
            -18
             19
             20

            """.ReplaceLineEndings("\n"),
            UnifiedDiff.Of("f.yaml", before, after));
    }

    [Fact]
    public void A_new_file_and_a_gone_file_are_told_from_nothing()
    {
        Assert.Equal("--- /dev/null\n+++ b/f\n@@ -0,0 +1,1 @@\n+x\n", UnifiedDiff.Of("f", null, "x\n"));
        Assert.Equal("--- a/f\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-x\n", UnifiedDiff.Of("f", "x", null));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_edit_turns_the_old_lines_into_the_new_ones(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var before = Enumerable.Range(0, random.Next(12)).Select(_ => $"{random.Next(4)}").ToArray();
            var after = Enumerable.Range(0, random.Next(12)).Select(_ => $"{random.Next(4)}").ToArray();

            var edits = LineMatcher.Edits(before, after);

            Assert.Equal(before, edits.Where(edit => edit.Mark != '+').Select(edit => edit.Line));
            Assert.Equal(after, edits.Where(edit => edit.Mark != '-').Select(edit => edit.Line));
        }
    }
}
