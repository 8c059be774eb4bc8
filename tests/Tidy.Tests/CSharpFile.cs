using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MallVip.Tidy.Tests;

/// <summary>A C# file and its syntax, read as both stacks see it.</summary>
internal sealed class CSharpFile(TextFile file)
{
    private static readonly CSharpParseOptions Options =
        new(LanguageVersion.Preview, DocumentationMode.Parse);

    public TextFile File { get; } = file;

    public SyntaxNode Root { get; } = CSharpSyntaxTree.ParseText(file.Text, Options).GetRoot();

    public IEnumerable<TypeDeclarationSyntax> Types => Root.DescendantNodes().OfType<TypeDeclarationSyntax>();

    /// <summary>Members with a body: fields and auto-properties would flatter the figures.</summary>
    public IEnumerable<Member> Members =>
        from node in Root.DescendantNodes()
        where HasBody(node)
        select new Member(File.Path, NameOf(node), FirstLine(node), LastLine(node) - FirstLine(node) + 1);

    public Finding At(SyntaxNode node, string todo) => new(File.Path, FirstLine(node), todo);

    public Finding At(SyntaxToken token, string todo) => new(File.Path, LineOf(token.SpanStart), todo);

    public Finding At(SyntaxTrivia trivia, string todo) => new(File.Path, LineOf(trivia.SpanStart), todo);

    /// <summary>Lines from the first modifier to the closing brace, without attributes.</summary>
    public int Length(SyntaxNode node) => LastLine(node) - FirstLine(node) + 1;

    private static bool HasBody(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        LocalFunctionStatementSyntax => true,
        PropertyDeclarationSyntax { ExpressionBody: not null } => true,
        IndexerDeclarationSyntax { ExpressionBody: not null } => true,
        BasePropertyDeclarationSyntax { AccessorList: { } list } =>
            list.Accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null),
        _ => false,
    };

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        _ => node.Kind().ToString(),
    };

    private int FirstLine(SyntaxNode node)
    {
        var start = node.ChildNodesAndTokens().First(child => !child.IsKind(SyntaxKind.AttributeList));
        return LineOf(start.SpanStart);
    }

    private int LastLine(SyntaxNode node) => LineOf(node.Span.End);

    private int LineOf(int position) => Root.SyntaxTree.GetText().Lines.GetLinePosition(position).Line + 1;
}

/// <summary>Something with a body. <paramref name="Length"/> is in lines, signature included.</summary>
internal sealed record Member(string Path, string Name, int Line, int Length);
