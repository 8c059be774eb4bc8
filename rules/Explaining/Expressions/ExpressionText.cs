using System.Text;
using MallVip.Rules.Cel;

namespace MallVip.Rules.Explaining;

/// <summary>
/// Writes a tree as an operator would have: parentheses only where they are needed, literals as they were
/// written, and any part in other words where those are given.
/// </summary>
public sealed class ExpressionText
{
    private const int Ternary = 1;
    private const int Or = 2;
    private const int And = 3;
    private const int Relation = 4;
    private const int Sum = 5;
    private const int Product = 6;
    private const int Unary = 7;
    private const int Primary = 8;

    private readonly StringBuilder _text = new();
    private readonly Func<CelNode, string?> _words;

    private ExpressionText(Func<CelNode, string?> words) => _words = words;

    /// <param name="words">Other words for a part; null: as written.</param>
    public static string Of(CelNode node, Func<CelNode, string?>? words = null)
    {
        var text = new ExpressionText(words ?? (_ => null));
        text.Write(node, 0);
        return text._text.ToString();
    }

    private void Write(CelNode node, int least)
    {
        if (_words(node) is { } words)
        {
            _text.Append(words);
            return;
        }

        var open = BindingOf(node) < least;
        _text.Append(open ? "(" : "");
        WritePlain(node);
        _text.Append(open ? ")" : "");
    }

    private void WritePlain(CelNode node)
    {
        switch (node)
        {
            case CelLiteral literal:
                _text.Append(literal.Text);
                break;
            case CelIdent ident:
                _text.Append(ident.Name);
                break;
            case CelSelect { IsTest: true } test:
                _text.Append("has(");
                Write(test.Operand, Primary);
                _text.Append('.').Append(test.Field).Append(')');
                break;
            case CelSelect select:
                Write(select.Operand, Primary);
                _text.Append('.').Append(select.Field);
                break;
            case CelListNode list:
                WriteAll("[", list.Items, "]");
                break;
            case CelMapNode map:
                WriteMap(map);
                break;
            case CelMacro macro:
                WriteMacro(macro);
                break;
            case CelBind bind:
                WriteAll($"cel.bind({bind.Name}, ", [bind.Value, bind.Body], ")");
                break;
            case CelCall call:
                WriteCall(call);
                break;
            default:
                throw new InvalidOperationException($"Unknown node {node.GetType().Name}.");
        }
    }

    private void WriteCall(CelCall call)
    {
        var (arguments, own) = (call.Arguments, BindingOf(call));
        switch (CelOperators.Symbol(call.Function))
        {
            case null when call.Target is { } target:
                Write(target, Primary);
                WriteAll($".{call.Function}(", arguments, ")");
                break;
            case null:
                WriteAll($"{call.Function}(", arguments, ")");
                break;
            case "[]":
                Write(arguments[0], Primary);
                WriteAll("[", [arguments[1]], "]");
                break;
            case "?:":
                Write(arguments[0], Or);
                _text.Append(" ? ");
                Write(arguments[1], Or);
                _text.Append(" : ");
                Write(arguments[2], Ternary);
                break;
            case var prefix when arguments.Count == 1:
                _text.Append(prefix);
                Write(arguments[0], Unary);
                break;
            case var symbol:
                Write(arguments[0], own);
                for (var i = 1; i < arguments.Count; i++)
                {
                    _text.Append(' ').Append(symbol).Append(' ');
                    Write(arguments[i], own + 1);
                }

                break;
        }
    }

    private void WriteMap(CelMapNode map)
    {
        _text.Append('{');
        for (var i = 0; i < map.Entries.Count; i++)
        {
            _text.Append(i == 0 ? "" : ", ");
            Write(map.Entries[i].Key, 0);
            _text.Append(": ");
            Write(map.Entries[i].Value, 0);
        }

        _text.Append('}');
    }

    private void WriteMacro(CelMacro macro)
    {
        Write(macro.Range, Primary);
        _text.Append('.').Append(CelCanonicalText.MacroName(macro)).Append('(')
            .AppendJoin(", ", macro.Variables);
        WriteAll(", ", macro.Filter is null ? [macro.Body] : [macro.Filter, macro.Body], ")");
    }

    private void WriteAll(string begin, IReadOnlyList<CelNode> nodes, string end)
    {
        _text.Append(begin);
        for (var i = 0; i < nodes.Count; i++)
        {
            _text.Append(i == 0 ? "" : ", ");
            Write(nodes[i], 0);
        }

        _text.Append(end);
    }

    private static int BindingOf(CelNode node) => node is not CelCall call ? Primary : call.Function switch
    {
        CelOperators.Conditional => Ternary,
        CelOperators.Or => Or,
        CelOperators.And => And,
        CelOperators.Add or CelOperators.Subtract => Sum,
        CelOperators.Multiply or CelOperators.Divide or CelOperators.Modulo => Product,
        CelOperators.Not or CelOperators.Negate => Unary,
        CelOperators.Index => Primary,
        var function => CelOperators.Symbol(function) is null ? Primary : Relation,
    };
}
