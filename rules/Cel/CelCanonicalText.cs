using System.Globalization;
using System.Text;

namespace MallVip.Rules.Cel;

/// <summary>
/// One spelling for expressions that mean the same node for node: blanks, quotes, parentheses and number
/// forms are normalised, and a literal stands on the right of == and !=.
/// </summary>
internal static class CelCanonicalText
{
    public static string Of(CelNode node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    public static string MacroName(CelMacro macro) => macro.Kind switch
    {
        CelMacroKind.All => "all",
        CelMacroKind.Exists => "exists",
        CelMacroKind.ExistsOne => "exists_one",
        CelMacroKind.Filter => "filter",
        CelMacroKind.Map => macro.Variables.Count == 2 ? "transformList" : "map",
        CelMacroKind.TransformMap => "transformMap",
        CelMacroKind.TransformMapEntry => "transformMapEntry",
        _ => throw new InvalidOperationException($"unknown macro {macro.Kind}"),
    };

    private static void Write(StringBuilder text, CelNode node)
    {
        switch (node)
        {
            case CelLiteral literal:
                text.Append(Literal(literal.Value));
                break;
            case CelIdent ident:
                text.Append(ident.IsAbsolute ? "." : "").Append(ident.Name);
                break;
            case CelSelect select:
                text.Append(select.IsTest ? "has(" : "");
                Write(text, select.Operand);
                text.Append('.').Append(select.Field).Append(select.IsTest ? ")" : "");
                break;
            case CelListNode list:
                WriteAll(text.Append('['), list.Items).Append(']');
                break;
            case CelMapNode map:
                WriteAll(text.Append('{'), map.Children).Append('}');
                break;
            case CelMacro macro:
                WriteMacro(text, macro);
                break;
            case CelBind bind:
                WriteAll(text.Append("cel.bind(").Append(bind.Name).Append(", "), [bind.Value, bind.Body])
                    .Append(')');
                break;
            case CelCall call:
                WriteCall(text, call);
                break;
            default:
                throw new InvalidOperationException($"unknown node {node.GetType()}");
        }
    }

    private static void WriteCall(StringBuilder text, CelCall call)
    {
        var arguments = call.Arguments;
        switch (CelOperators.Symbol(call.Function))
        {
            case null when call.Target is not null:
                Write(text, call.Target);
                WriteAll(text.Append('.').Append(call.Function).Append('('), arguments).Append(')');
                break;
            case null:
                WriteAll(text.Append(call.Function).Append('('), arguments).Append(')');
                break;
            case "[]":
                Write(text, arguments[0]);
                WriteAll(text.Append('['), [arguments[1]]).Append(']');
                break;
            case "?:":
                WriteJoined(text.Append('('), arguments.Take(2), " ? ");
                WriteAll(text.Append(" : "), [arguments[2]]).Append(')');
                break;
            case var prefix when arguments.Count == 1:
                WriteAll(text.Append(prefix).Append('('), arguments).Append(')');
                break;
            case var symbol:
                WriteJoined(text.Append('('), Ordered(call), $" {symbol} ").Append(')');
                break;
        }
    }

    private static IEnumerable<CelNode> Ordered(CelCall call) =>
        call.Function is CelOperators.Equal or CelOperators.NotEqual && call.Arguments[0] is CelLiteral
            ? call.Arguments.Reverse()
            : call.Arguments;

    private static void WriteMacro(StringBuilder text, CelMacro macro)
    {
        Write(text, macro.Range);
        text.Append('.').Append(MacroName(macro)).Append('(').AppendJoin(", ", macro.Variables).Append(", ");
        WriteAll(text, macro.Filter is null ? [macro.Body] : [macro.Filter, macro.Body]).Append(')');
    }

    private static StringBuilder WriteAll(StringBuilder text, IEnumerable<CelNode> nodes) =>
        WriteJoined(text, nodes, ", ");

    private static StringBuilder WriteJoined(StringBuilder text, IEnumerable<CelNode> nodes, string separator)
    {
        var isFirst = true;
        foreach (var node in nodes)
        {
            text.Append(isFirst ? "" : separator);
            Write(text, node);
            isFirst = false;
        }
        return text;
    }

    private static string Literal(CelValue value) => value.Kind switch
    {
        CelKind.String => Quoted(value.AsString),
        CelKind.Bytes => $"b'{string.Concat(value.AsBytes.Select(octet => $"\\x{octet:x2}"))}'",
        CelKind.Uint => value.AsUint.ToString(CultureInfo.InvariantCulture) + "u",
        CelKind.Double => value.AsDouble.ToString("R", CultureInfo.InvariantCulture) + "d",
        CelKind.Decimal =>
            (value.AsDecimal / 1.000_000_000_000_000_000m).ToString(CultureInfo.InvariantCulture) + "m",
        _ => CelText.Of(value),
    };

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"",
            StringComparison.Ordinal)}\"";
}
