using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MallVip.Tidy.Tests;

/// <summary>What may stand nowhere. The patterns hold brackets so that they do not find themselves.</summary>
public sealed partial class WordingTests
{
    private static readonly string[] Text =
        [".cs", ".csproj", ".props", ".md", ".yaml", ".yml", ".json", ".sh", ".txt", "/run", ".html", ".js"];

    [Fact]
    public void No_file_names_a_path_of_one_machine() => Finding.AssertNone(
        Repository.Files(Text).SelectMany(file =>
            file.Matches(MachinePath(), "a path of one machine: make it relative, or a variable")));

    [Fact]
    public void No_file_names_a_package_feed() => Finding.AssertNone(
        Repository.Files(Text).SelectMany(file =>
            file.Matches(FeedHost(), "which feed serves the packages is the builder's configuration")));

    [Fact]
    public void No_work_is_left_behind_as_a_note() => Finding.AssertNone(
        Repository.Files(Text).SelectMany(file =>
            file.Matches(LeftOver(), "finish it, or say what ends it: 'TO" + "DO until …'")));

    [Fact]
    public void No_code_sleeps_or_is_a_stub() => Finding.AssertNone(
        from file in Repository.CSharp
        from token in file.Root.DescendantTokens()
        where token.IsKind(SyntaxKind.IdentifierToken) && IsBanned(token)
        select file.At(token, $"'{token.Parent?.Parent}': wait for what happens, and build what you name"));

    [Fact]
    public void Nothing_waits_for_real_time_to_pass() => Finding.AssertNone(
        from file in Repository.CSharp
        where !file.File.IsUnder("bench")
        from call in file.Root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression.ToString() == "Task.Delay" && call.ArgumentList.Arguments.Count == 1
        select file.At(call, $"'{call}': give it a TimeProvider; a test waits for what happens"));

    [Fact]
    public void No_comment_is_code_or_a_banner() => Finding.AssertNone(
        from file in Repository.CSharp
        from trivia in file.Root.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && IsNoSentence(trivia.ToString())
        select file.At(trivia, $"'{trivia}': a comment says why; history keeps old code"));

    [Fact]
    public void No_region_hides_code() => Finding.AssertNone(
        from file in Repository.CSharp
        from trivia in file.Root.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.RegionDirectiveTrivia)
        select file.At(trivia, "#region: split the file instead"));

    [Theory]
    [InlineData("// return total;", true)]
    [InlineData("// var x = Compute(y);", true)]
    [InlineData("// lots.Add(lot);", true)]
    [InlineData("// if (x > 1) {", true)]
    [InlineData("// }", true)]
    [InlineData("// ---------- helpers", true)]
    [InlineData("// The balance is judged by the clock; a timer may be late.", false)]
    [InlineData("// if a lease ends, the next ask renews it (see Leases)", false)]
    [InlineData("// using the older lot first keeps the promise on the receipt;", false)]
    public void Code_in_a_comment_is_told_from_a_sentence(string comment, bool code) =>
        Assert.Equal(code, IsNoSentence(comment));

    private static bool IsNoSentence(string comment) =>
        OldCode().IsMatch(comment) || Banner().IsMatch(comment);

    private static bool IsBanned(SyntaxToken token) => token.Text switch
    {
        "NotImplementedException" => true,
        "Sleep" => token.Parent?.Parent?.ToString() == "Thread.Sleep",
        "Skip" => token.Parent?.FirstAncestorOrSelf<AttributeSyntax>()?.Name.ToString() == "Fact",
        _ => false,
    };

    [GeneratedRegex(@"(?<![\w.])(/hom[e]/\w+|/wor[k]/|/User[s]/\w+|/roo[t]/|[A-Z]:\\User[s]\\)")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"nuge[t]\.org|npmj[s]\.|pkg[s]\.dev\.azure|registr[y]\.\w+\.\w+|de[b]\.debian",
        RegexOptions.IgnoreCase)]
    private static partial Regex FeedHost();

    [GeneratedRegex(@"\bTOD[O]\b(?! until )|\bFIXM[E]\b|\bHAC[K]\b|\bXX[X]\b")]
    private static partial Regex LeftOver();

    [GeneratedRegex(@"^//\s*([\w.<>\[\]?]+\s+)?[\w.\[\]]+\s*(\([^ ]?.*\)|[-+]?=.*);$|^//\s*[{}]\s*$"
        + @"|^//\s*(if|for|foreach|while|switch)\s*\(.*\)\s*\{?$|^//\s*return\b[^.]*;$")]
    private static partial Regex OldCode();

    [GeneratedRegex(@"^//\s*[-=*#_~]{4,}")]
    private static partial Regex Banner();
}
