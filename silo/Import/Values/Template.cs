using System.Text;
using MallVip.Silo.Import.Rows;

namespace MallVip.Silo.Import.Values;

/// <summary>
/// A text with columns in it: <c>phone:+1555{household_id:0000000}</c>. <c>{{</c> and <c>}}</c> are braces.
/// </summary>
internal sealed class Template(IReadOnlyList<TemplatePart> parts, string source)
{
    /// <summary>The columns it reads.</summary>
    public IEnumerable<Column> Columns =>
        parts.OfType<TemplatePart.Cell>().Select(part => part.Column);

    /// <summary>As written in the map.</summary>
    public string Source => source;

    /// <summary>The text; null when a column is empty, so that the field can be left out.</summary>
    public string? Render(EvaluationScope scope)
    {
        if (parts.Count == 1)
            return Render(parts[0], scope);
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            if (Render(part, scope) is not { } piece)
                return null;
            text.Append(piece);
        }
        return text.ToString();
    }

    /// <summary>The text; an empty column is a fault.</summary>
    public string RenderNeeded(EvaluationScope scope, string what)
    {
        if (Render(scope) is { } text)
            return text;
        scope.Fail(RejectCodes.Missing, $"The {what} '{source}' needs a column that is empty.");
        return "";
    }

    private static string? Render(TemplatePart part, EvaluationScope scope)
    {
        if (part is TemplatePart.Literal literal)
            return literal.Text;
        var cell = (TemplatePart.Cell)part;
        var text = scope.Current[cell.Column];
        if (text.Length == 0)
            return null;
        foreach (var format in cell.Formats)
        {
            if (format.Apply(text) is { } formatted)
            {
                text = formatted;
                continue;
            }
            scope.Fail(RejectCodes.BadText,
                $"Column '{cell.Column.Name}' holds '{text}', which does not fit its format.");
            return "";
        }
        return text;
    }
}

/// <summary>A piece of a <see cref="Template"/>.</summary>
internal abstract record TemplatePart
{
    private TemplatePart()
    {
    }

    /// <summary>Text that stays.</summary>
    internal sealed record Literal(string Text) : TemplatePart;

    /// <summary>A column, through its formats from left to right.</summary>
    internal sealed record Cell(Column Column, IReadOnlyList<ColumnFormat> Formats) : TemplatePart;
}
