using System.Text.RegularExpressions;

namespace MallVip.Tidy.Tests;

/// <summary>What the documents say exists, and what they tell a reader to type is typed by CI.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void No_link_is_dead() => Finding.AssertNone(
        from file in Repository.Files(".md")
        from link in Markdown.Links(file)
        where !link.Target.Contains("://", StringComparison.Ordinal) && !IsThere(file, link.Target)
        select new Finding(file.Path, link.Line,
            $"'{link.Target}' leads nowhere: mend the path or the heading"));

    [Fact]
    public void Every_command_of_the_readme_is_run_by_ci()
    {
        var ci = CiScripts().ToList();
        Finding.AssertNone(
            from command in Markdown.Commands(Repository.Read("README.md"))
            where !ci.Any(script => Types(script.Text, command.Text))
            select new Finding(command.Path, command.Line,
                $"'{command.Text}' is not in .ci: run it there, word for word"));
    }

    [Theory]
    [InlineData("step test timeout 60 dotnet test\n", true)]
    [InlineData("dotnet test -c Release\n", false)]
    [InlineData("echo nodotnet test\n", false)]
    [InlineData("# dotnet test\n", false)]
    public void A_longer_command_or_a_comment_does_not_count_as_run(string script, bool runs) =>
        Assert.Equal(runs, Types(script, "dotnet test"));

    [Fact]
    public void A_command_of_several_lines_is_one_command()
    {
        var file = new TextFile("x.md", "```sh\n# a\ncurl \\\n  -d '{\n  }'\n\ndotnet test\n```\n`not me`");
        Assert.Equal(
            [new Command("x.md", 3, "curl \\\n  -d '{\n  }'"), new Command("x.md", 7, "dotnet test")],
            Markdown.Commands(file));
    }

    [Fact]
    public void The_readme_has_commands_to_run() =>
        Assert.Contains("dotnet test", Markdown.Commands(Repository.Read("README.md")).Select(c => c.Text));

    [Fact]
    public void Both_readmes_tell_the_same_commands_in_the_same_order() => Assert.Equal(
        Markdown.Commands(Repository.Read("README.md")).Select(command => command.Text),
        Markdown.Commands(Repository.Read("README.zh-CN.md")).Select(command => command.Text));

    [Fact]
    public void Both_readmes_have_the_same_outline() => Assert.Equal(
        Outline(Repository.Read("README.md")), Outline(Repository.Read("README.zh-CN.md")));

    [Fact]
    public void The_index_of_the_documents_names_each_of_them()
    {
        var index = Repository.Read("docs/README.md");
        var named = Markdown.Links(index).Select(link => link.Target).ToHashSet();
        Finding.AssertNone(
            from file in Repository.Files(".md")
            where file.IsUnder("docs") && file.Path != index.Path
            where !named.Contains(file.Path["docs/".Length..])
            select new Finding(file.Path, 1, "not in docs/README.md: nobody will find it"));
    }

    // As the end of a line that is no comment: a longer command is another command.
    private static bool Types(string script, string command) => Regex.IsMatch(
        script, $"^(?!\\s*#)(.* )?{Regex.Escape(command)}$", RegexOptions.Multiline);

    // The script that CI starts, and those that it names: a script that nobody calls proves nothing.
    private static IEnumerable<TextFile> CiScripts()
    {
        var run = Repository.Read(".ci/run");
        return Repository.Files(".sh")
            .Where(file => file.IsUnder(".ci") && run.Text.Contains(file.Path, StringComparison.Ordinal))
            .Append(run);
    }

    private static IEnumerable<string> Outline(TextFile file) =>
        file.Lines.Where(line => line.StartsWith('#') || line.StartsWith("```", StringComparison.Ordinal))
            .Select(line => line.StartsWith('#') ? line.Split(' ')[0] : line);

    private static bool IsThere(TextFile from, string target)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0
            ? from.Path
            : Path.Combine(from.Folder, Uri.UnescapeDataString(parts[0]));
        if (!Repository.Exists(path) || parts.Length == 1)
            return Repository.Exists(path);
        return Markdown.Anchors(Repository.Read(path)).Contains(Uri.UnescapeDataString(parts[1]));
    }
}
