using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MallVip.Tidy.Tests;

/// <summary>Imports run one way: rules, grains, client, silo. The left never knows the right.</summary>
public sealed partial class ImportTests
{
    private static readonly string[] Order = ["rules", "grains", "client", "silo"];
    private static readonly string[] Allowed = ["System", "MallVip.Rules", "YamlDotNet"];

    [Theory]
    [InlineData("rules")]
    [InlineData("grains")]
    [InlineData("client")]
    [InlineData("silo")]
    public void A_project_references_only_projects_on_its_left(string folder)
    {
        var left = Order.TakeWhile(name => name != folder).ToHashSet();
        Finding.AssertNone(
            from project in Repository.Files(".csproj").Where(file => file.IsUnder(folder))
            from reference in Includes(project, "ProjectReference")
            let target = TargetFolder(project, reference)
            where !left.Contains(target)
            select new Finding(project.Path, LineOf(project, reference),
                $"{folder}/ may not reference {target}/: move the code to where it may be imported"));
    }

    [Fact]
    public void Rules_need_nothing_but_the_base_library_and_the_yaml_reader()
    {
        Finding.AssertNone(
            from project in Repository.Files(".csproj").Where(file => file.IsUnder("rules"))
            from package in Includes(project, "PackageReference", "FrameworkReference")
            where package != "YamlDotNet"
            select new Finding(project.Path, LineOf(project, package), $"rules/ does without {package}"));
        Finding.AssertNone(
            from file in Repository.CSharp.Where(file => file.File.IsUnder("rules"))
            from import in Imports(file)
            where !Allowed.Any(space => IsWithin(import, space))
            select file.At(import, $"rules/ may not use {import.NamespaceOrType}"));
    }

    [Fact]
    public void No_using_line_looks_to_the_right() => Finding.AssertNone(
        from file in Repository.CSharp
        let own = Array.IndexOf(Order, file.File.Path.Split('/')[0])
        where own >= 0
        from import in Imports(file)
        from right in Order.Skip(own + 1)
        where IsWithin(import, $"MallVip.{char.ToUpperInvariant(right[0])}{right[1..]}")
        select file.At(import,
            $"{Order[own]}/ may not use {import.NamespaceOrType}: imports run {string.Join(" <- ", Order)}"));

    [Fact]
    public void Rules_speak_of_no_grain() => Finding.AssertNone(
        Repository.Files(".cs").Where(file => file.IsUnder("rules"))
            .SelectMany(file => file.Matches(GrainWord(),
                "rules/ knows no runtime: say what is decided, not who asks")));

    [Fact]
    public void Rules_do_no_input_or_output_and_own_no_clock_or_task() => Finding.AssertNone(
        from file in Repository.CSharp.Where(file => file.File.IsUnder("rules"))
        from token in file.Root.DescendantTokens()
        where Impure().IsMatch(token.Text) || OpensFiles(token)
        select file.At(token,
            $"'{token.Text}' does not belong in rules/: take the text, the time, the answer as an argument"));

    // System.Runtime.CompilerServices is where the compiler and the runtime look attributes up by name.
    [Fact]
    public void The_embedded_runtime_never_poses_as_another() => Finding.AssertNone(
        from file in Repository.CSharp
        from space in file.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
        let name = space.Name.ToString()
        where name != "System.Runtime.CompilerServices"
        where !name.StartsWith("MallVip.", StringComparison.Ordinal)
            || (file.File.IsUnder("grains/Embedded") && name != "MallVip.Grains.Embedded")
        select file.At(space,
            $"namespace {name}: ours begin with MallVip, the runtime's is MallVip.Grains.Embedded"));

    private static bool OpensFiles(Microsoft.CodeAnalysis.SyntaxToken token) =>
        token.Text is "File" or "Directory"
        && token.Parent?.Parent is MemberAccessExpressionSyntax access
        && access.Expression == token.Parent
        && FileCall().IsMatch(access.Name.Identifier.Text);

    private static IEnumerable<UsingDirectiveSyntax> Imports(CSharpFile file) =>
        file.Root.DescendantNodes().OfType<UsingDirectiveSyntax>();

    private static bool IsWithin(UsingDirectiveSyntax import, string space)
    {
        var name = import.NamespaceOrType.ToString();
        return name == space || name.StartsWith(space + ".", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Includes(TextFile project, params string[] elements) =>
        elements.SelectMany(element => XDocument.Parse(project.Text).Descendants(element))
            .Select(node => node.Attribute("Include")?.Value)
            .OfType<string>();

    private static string TargetFolder(TextFile project, string reference)
    {
        var path = Path.Combine(Repository.Root, project.Folder, reference.Replace('\\', '/'));
        var target = Path.GetFullPath(path);
        return Path.GetRelativePath(Repository.Root, target).Split(Path.DirectorySeparatorChar)[0];
    }

    private static int LineOf(TextFile file, string text) =>
        file.Lines.Index().First(line => line.Item.Contains(text, StringComparison.Ordinal)).Index + 1;

    [GeneratedRegex(@"\bI?[Gg]rains?\b|[a-z]Grains?\b|Grain[A-Z]|\bgrain[A-Z]|[Oo]rleans|ORLEANS")]
    private static partial Regex GrainWord();

    [GeneratedRegex("^(async|await|Task|ValueTask|TimeProvider|Stopwatch|HttpClient|FileStream)$")]
    private static partial Regex Impure();

    [GeneratedRegex("^(Read|Write|Open|Exists|Enumerate|Get|Create|Append|Delete|Move|Copy)")]
    private static partial Regex FileCall();
}
