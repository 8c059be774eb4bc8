using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit.Abstractions;

namespace MallVip.Tidy.Tests;

/// <summary>Short files and shorter members. The figures are those of code that engineers admire.</summary>
public sealed class LengthTests(ITestOutputHelper output)
{
    private const int LongestFile = 400;
    private const int LongestMember = 70;
    private const int LongestGrain = 150;
    private const int LongestProgram = 60;
    private const int LongestLine = 110;
    private const int EmbeddedRuntime = 1_000;
    private const int FilesWithConditions = 2;

    [Fact]
    public void No_file_is_over_400_lines() => Finding.AssertNone(
        from file in Repository.CSharp
        where file.File.Lines.Count > LongestFile
        select new Finding(file.File.Path, LongestFile + 1,
            $"{file.File.Lines.Count} lines, at most {LongestFile}: one concept per file"));

    [Fact]
    public void Half_the_files_stay_within_60_lines_and_nine_tenths_within_170()
    {
        var lengths = Repository.Production.Select(file => file.File.Lines.Count).ToList();
        AssertSpread("file", lengths, 0.5, 60);
        AssertSpread("file", lengths, 0.9, 170);
    }

    [Fact]
    public void No_member_is_over_70_lines() => Finding.AssertNone(
        from member in Repository.CSharp.SelectMany(file => file.Members)
        where member.Length > LongestMember
        select new Finding(member.Path, member.Line,
            $"{member.Name} has {member.Length} lines, at most {LongestMember}: build it from named steps"));

    [Fact]
    public void Nine_tenths_of_the_members_stay_within_24_lines()
    {
        var members = Repository.Production.SelectMany(file => file.Members);
        AssertSpread("member", [.. members.Select(member => member.Length)], 0.9, 24);
    }

    [Fact]
    public void No_line_is_over_110_columns() => Finding.AssertNone(
        from file in Repository.CSharp
        from line in file.File.Lines.Index()
        where line.Item.Length > LongestLine
        select new Finding(file.File.Path, line.Index + 1,
            $"{line.Item.Length} columns, at most {LongestLine}"));

    [Fact]
    public void No_grain_is_over_150_lines() => Finding.AssertNone(
        from file in Repository.Production
        from type in file.Types.OfType<ClassDeclarationSyntax>().Where(IsGrain)
        let parts = Repository.Production.Sum(f => f.Types.Where(t => IsSame(t, type)).Sum(f.Length))
        where parts > LongestGrain
        select file.At(type,
            $"{type.Identifier.Text} has {parts} lines, at most {LongestGrain}: a grain only conducts"));

    [Fact]
    public void Program_is_within_60_lines() => Finding.AssertNone(
        from file in Repository.CSharp
        where file.File.Name == "Program.cs" && file.File.Lines.Count > LongestProgram
        select new Finding(file.File.Path, LongestProgram + 1,
            $"{file.File.Lines.Count} lines, at most {LongestProgram}: wiring goes into named steps"));

    [Fact]
    public void The_embedded_runtime_stays_under_1000_lines_of_code()
    {
        var runtime = Repository.CSharp.Where(file => file.File.IsUnder("grains/Embedded"));
        var lines = runtime.Sum(file => file.File.Lines.Count(IsCode));
        output.WriteLine($"grains/Embedded: {lines} lines of code, under {EmbeddedRuntime}");
        Assert.True(lines < EmbeddedRuntime,
            $"grains/Embedded:1: {lines} lines of code, under {EmbeddedRuntime}: a cluster has its own runtime");
    }

    [Fact]
    public void At_most_two_files_are_compiled_conditionally()
    {
        var files = Repository.CSharp.Where(file => file.Root.ContainsDirectives
            && file.Root.DescendantTrivia().Any(t => t.GetStructure() is IfDirectiveTriviaSyntax)).ToList();
        if (files.Count > FilesWithConditions)
            Finding.AssertNone(files.Select(f => new Finding(f.File.Path, 1, "#if: choose by folder")));
    }

    /// <summary>
    /// A line that says something to the machine: no blank, comment, lone brace, using or namespace.
    /// </summary>
    private static bool IsCode(string line)
    {
        var text = line.Trim();
        return text is not ("" or "{" or "}" or "};")
            && !text.StartsWith("//", StringComparison.Ordinal)
            && !text.StartsWith("using ", StringComparison.Ordinal)
            && !text.StartsWith("namespace ", StringComparison.Ordinal);
    }

    private static bool IsGrain(ClassDeclarationSyntax type) =>
        type.BaseList?.Types.Any(t => t.Type is SimpleNameSyntax { Identifier.Text: "Grain" }) == true;

    private static bool IsSame(TypeDeclarationSyntax one, TypeDeclarationSyntax other) =>
        one.Identifier.Text == other.Identifier.Text;

    private void AssertSpread(string what, List<int> lengths, double share, int limit)
    {
        lengths.Sort();
        var length = lengths[(int)Math.Ceiling(share * lengths.Count) - 1];
        output.WriteLine($"{what} lines: {share:P0} of {lengths.Count} are within {length}, limit {limit}");
        Assert.True(length <= limit,
            $"{share:P0} of {lengths.Count} {what}s should have {limit} lines, not {length}: split some");
    }
}
