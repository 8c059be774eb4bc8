using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit.Abstractions;

namespace MallVip.Tidy.Tests;

/// <summary>What others build on says what it means.</summary>
public sealed class DocstringTests(ITestOutputHelper output)
{
    [Fact]
    public void Public_types_of_the_rules_have_a_summary() => Finding.AssertNone(
        from found in PublicTypes("rules")
        where found.Type.Parent is not BaseTypeDeclarationSyntax && !HasSummary(found.Type)
        select found.File.At(found.Type,
            $"{found.Type.Identifier.Text} wants a <summary>: meaning, unit, range, errors"));

    [Fact]
    public void Every_reason_to_refuse_says_what_it_means() => Finding.AssertNone(
        from found in PublicTypes("rules/Deciding").Where(found => found.Type is EnumDeclarationSyntax)
        from reason in ((EnumDeclarationSyntax)found.Type).Members
        where !HasSummary(reason)
        select found.File.At(reason,
            $"{reason.Identifier.Text} wants a <summary>: docs/errors.md is made from it"));

    [Fact]
    public void Most_public_types_have_a_summary()
    {
        var types = PublicTypes("rules", "grains", "client").ToList();
        var documented = types.Count(found => HasSummary(found.Type));
        output.WriteLine($"{documented} of {types.Count} public types have a summary; those without:");
        foreach (var (file, type) in types.Where(found => !HasSummary(found.Type)))
            output.WriteLine(file.At(type, type.Identifier.Text).ToString());
        Assert.True(documented >= 0.6 * types.Count,
            $"Only {documented} of {types.Count} public types have a <summary>.");
    }

    private static IEnumerable<(CSharpFile File, BaseTypeDeclarationSyntax Type)> PublicTypes(
        params string[] folders) =>
        from file in Repository.CSharp
        where file.File.IsUnder(folders)
        from type in file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        where type.Modifiers.Any(SyntaxKind.PublicKeyword)
        select (file, type);

    private static bool HasSummary(SyntaxNode node) => node.GetLeadingTrivia()
        .Select(trivia => trivia.GetStructure())
        .OfType<DocumentationCommentTriviaSyntax>()
        .Any(comment => comment.ToString().Contains("<summary>", StringComparison.Ordinal)
            || comment.ToString().Contains("<inheritdoc", StringComparison.Ordinal));
}
