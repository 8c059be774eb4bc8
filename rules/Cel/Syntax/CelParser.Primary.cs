namespace MallVip.Rules.Cel;

/// <summary>Literals, names, calls, selections, indexes, list and map literals.</summary>
internal sealed partial class CelParser
{
    private CelNode ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case CelTokenKind.Int:
                Take();
                return IntLiteral(token);
            case CelTokenKind.Uint or CelTokenKind.Double or CelTokenKind.String or CelTokenKind.Bytes:
                Take();
                return new CelLiteral(token.Span, token.Value, token.Text);
            case CelTokenKind.Ident:
                return ParseName(isAbsolute: false);
            case CelTokenKind.Keyword when token.Text != "in":
                Take();
                return new CelLiteral(token.Span, KeywordValue(token.Text), token.Text);
            case CelTokenKind.Symbol:
                return ParseBracketed(token);
            default:
                throw Unexpected();
        }
    }

    private CelNode ParseBracketed(CelToken token)
    {
        switch (token.Text)
        {
            case "(":
                Take();
                var inner = ParseExpression();
                Expect(")");
                return inner;
            case "[":
                Take();
                return Checked(new CelListNode(token.Span, ParseItems("]")));
            case "{":
                Take();
                return ParseMap(token.Span);
            case ".":
                Take();
                return ParseName(isAbsolute: true);
            default:
                throw Unexpected();
        }
    }

    private CelNode ParseName(bool isAbsolute)
    {
        if (Current.Kind != CelTokenKind.Ident)
            throw Mistake(Current, $"a name is expected before {Describe(Current)}");
        var name = Take();
        if (Reserved.Contains(name.Text))
            throw Mistake(name, $"'{name.Text}' is reserved and cannot be a name");
        if (Current.Is("{"))
            throw Mistake(Current, "messages cannot be built; a map is written { \"key\": value }");
        if (!Current.Is("("))
            return new CelIdent(name.Span, name.Text, isAbsolute);
        Take();
        return FinishCall(name, null, ParseItems(")"));
    }

    private CelNode ParsePostfix(CelNode operand)
    {
        while (true)
        {
            if (Current.Is("["))
            {
                var bracket = Take();
                var index = ParseExpression();
                Expect("]");
                operand = Call(bracket.Span, CelOperators.Index, operand, index);
            }
            else if (Current.Is("."))
            {
                Take();
                operand = ParseMember(operand);
            }
            else
            {
                return operand;
            }
        }
    }

    private CelNode ParseMember(CelNode operand)
    {
        if (Current.Kind is not (CelTokenKind.Ident or CelTokenKind.QuotedIdent))
            throw Mistake(Current, $"a field name is expected before {Describe(Current)}");
        var name = Take();
        if (name.Kind == CelTokenKind.Ident && Current.Is("("))
        {
            Take();
            return FinishCall(name, operand, ParseItems(")"));
        }
        if (Current.Is("{"))
            throw Mistake(Current, "messages cannot be built; a map is written { \"key\": value }");
        return Checked(new CelSelect(name.Span, operand, name.Text, isTest: false));
    }

    private List<CelNode> ParseItems(string close)
    {
        var items = new List<CelNode>();
        while (!Current.Is(close))
        {
            items.Add(ParseExpression());
            if (!Current.Is(","))
                break;
            Take();
            if (Current.Is(close) && close == ")")
                throw Unexpected();
        }
        Expect(close);
        return items;
    }

    private CelMapNode ParseMap(CelSpan span)
    {
        var entries = new List<(CelNode, CelNode)>();
        while (!Current.Is("}"))
        {
            var key = ParseExpression();
            Expect(":");
            entries.Add((key, ParseExpression()));
            if (!Current.Is(","))
                break;
            Take();
        }
        Expect("}");
        return Checked(new CelMapNode(span, entries));
    }

    private static CelLiteral IntLiteral(CelToken token)
    {
        if (token.Value.AsUint > long.MaxValue)
            throw Mistake(token, $"'{token.Text}' is too large for an int");
        return new CelLiteral(token.Span, CelValue.Of((long)token.Value.AsUint), token.Text);
    }

    private CelLiteral NegativeLiteral(CelToken minus)
    {
        var number = Take();
        var span = minus.Span with { Length = number.Span.Offset + number.Span.Length - minus.Span.Offset };
        var text = "-" + number.Text;
        if (number.Kind == CelTokenKind.Double)
            return new CelLiteral(span, CelValue.Of(-number.Value.AsDouble), text);
        var magnitude = number.Value.AsUint;
        if (magnitude > (ulong)long.MaxValue + 1)
            throw Mistake(span, $"'{text}' is too small for an int");
        return new CelLiteral(span, CelValue.Of(unchecked(-(long)magnitude)), text);
    }

    private static CelValue KeywordValue(string keyword) => keyword switch
    {
        "true" => CelValue.True,
        "false" => CelValue.False,
        _ => CelValue.Null,
    };
}
