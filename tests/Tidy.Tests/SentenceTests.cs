using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MallVip.Tidy.Tests;

/// <summary>
/// Details and hints are written in English where they are made; their Chinese stands in a resource file by
/// the English template. Both sides are held together here.
/// </summary>
public sealed class SentenceTests
{
    private const string Resource = "client/Texts/sentences.zh.json";

    private static readonly string[] Places =
    [
        "rules/Catalogue", "rules/Deciding", "rules/Coupons", "rules/Parking", "rules/Returns",
        "rules/Identities",
        "grains/Intake", "grains/Desk", "grains/Batches", "grains/Coupons", "grains/Parking", "grains/Slips",
        "grains/Stock", "client", "silo/Serve/Health",
    ];

    /// <summary>Warnings are recorded as they are; the others speak to who installs or integrates.</summary>
    private static readonly string[] NotSaid =
    [
        "rules/Deciding/WarningCatalog.cs", "client/MallVipClient.cs", "client/Keys/KeyRing.cs",
        "client/Keys/StartupGuard.cs", "client/ApiDocument.cs", "grains/Slips/SlipAudit.cs",
        "grains/Parking/ParkingAudit.cs", "grains/Stock/StockAudit.cs", "grains/Stock/StockTotals.cs",
    ];

    [Fact]
    public void Every_sentence_of_a_problem_has_a_Chinese_one() => Finding.AssertNone(
        from said in Said()
        where !Chinese().ContainsKey(said.Template)
        select said.File.At(said.Node, $"{Resource} lacks: {said.Template}"));

    [Fact]
    public void Every_Chinese_sentence_belongs_to_one_that_is_said()
    {
        var said = Said().Select(found => found.Template).ToHashSet(StringComparer.Ordinal);
        Finding.AssertNone(
            from template in Chinese().Keys
            where !said.Contains(template)
            select new Finding(Resource, 1, $"nobody says: {template}"));
    }

    [Fact]
    public void A_Chinese_sentence_has_the_places_of_the_English_one() => Finding.AssertNone(
        from pair in Chinese()
        where !PlacesOf(pair.Key).SequenceEqual(PlacesOf(pair.Value))
        select new Finding(Resource, 1, $"other places: {pair.Key}"));

    private static Dictionary<string, string> Chinese() =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(Repository.Read(Resource).Text)!;

    private static IEnumerable<(CSharpFile File, SyntaxNode Node, string Template)> Said() =>
        from file in Repository.CSharp
        where file.File.IsUnder(Places) && !NotSaid.Contains(file.File.Path)
        from node in file.Root.DescendantNodes().OfType<ExpressionSyntax>()
        where node is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression }
            or InterpolatedStringExpressionSyntax
        where !IsElsewhere(node)
        let template = TemplateOf(node)
        where template.Contains(' ', StringComparison.Ordinal) && template.EndsWith('.')
        select (file, (SyntaxNode)node, template);

    /// <summary>In an attribute, an exception's message, a warning of the journal.</summary>
    private static bool IsElsewhere(ExpressionSyntax node) => node.Ancestors().Any(
        ancestor => ancestor switch
        {
            AttributeSyntax => true,
            ObjectCreationExpressionSyntax made =>
                made.Type.ToString().EndsWith("Exception", StringComparison.Ordinal),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } =>
                called.Name.Identifier.Text == "Warn",
            _ => false,
        });

    private static string TemplateOf(ExpressionSyntax node)
    {
        if (node is LiteralExpressionSyntax literal)
            return literal.Token.ValueText;
        var (text, places) = ("", 0);
        foreach (var part in ((InterpolatedStringExpressionSyntax)node).Contents)
            text += part is InterpolatedStringTextSyntax words
                ? words.TextToken.ValueText
                : $"{{{places++}}}";
        return text;
    }

    private static IEnumerable<char> PlacesOf(string template) => template
        .Where((letter, at) => at > 0 && template[at - 1] == '{' && char.IsAsciiDigit(letter)).Order();
}
