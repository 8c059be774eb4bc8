using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MallVip.Rules.Checking;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Programmes.Parsing;

/// <summary>
/// Walks JSON once and takes typed values from it; what is wrong is noted with its path and the walk goes on,
/// so that all problems come at once. Paths are built only for problems.
/// </summary>
internal ref struct DataReader
{
    /// <summary>The longest text of one field, in characters.</summary>
    public const int MostText = 256;

    private readonly PersonalHandle _handles;
    private Utf8JsonReader _json;
    private List<InputProblem>? _problems;
    private string? _list;
    private int _item;
    private string? _field;

    public DataReader(ReadOnlySpan<byte> json, PersonalHandle handles)
    {
        _json = new(json, new JsonReaderOptions { MaxDepth = 16 });
        _handles = handles;
    }

    public readonly bool HasProblems => _problems is not null;

    public readonly ImmutableArray<InputProblem> Problems => _problems is null ? [] : [.. _problems];

    public readonly JsonTokenType Token => _json.TokenType;

    /// <summary>Moves to the next token.</summary>
    /// <exception cref="JsonException">The JSON is malformed or too deep.</exception>
    public bool Read() => _json.Read();

    /// <summary>Whether a map begins here; anything else is a problem and is passed over.</summary>
    public bool BeginMap()
    {
        if (_json.TokenType == JsonTokenType.StartObject)
            return true;
        Problem("INPUT_NOT_OBJECT");
        _json.Skip();
        return false;
    }

    /// <summary>
    /// Moves to the next field's value; false at the end of the map. Unknown and repeated fields are
    /// problems.
    /// </summary>
    public bool NextField(FieldNames names, ref uint seen, out int index)
    {
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            index = names.IndexOf(_json);
            if (index >= 0 && (seen & (1u << index)) == 0)
            {
                seen |= 1u << index;
                _field = names.Names[index];
                _json.Read();
                if (_json.TokenType != JsonTokenType.Null)
                    return true;
                seen &= ~(1u << index);
                continue;
            }

            PassUnexpected(index < 0 ? names.Names : null);
        }

        index = -1;
        _field = null;
        return false;
    }

    /// <summary>Moves to the next field of a map whose keys the caller knows; false at its end.</summary>
    public bool NextKey(out string key)
    {
        _json.Read();
        key = _json.TokenType == JsonTokenType.PropertyName ? TextOrEmpty() : "";
        if (_json.TokenType != JsonTokenType.PropertyName)
            return false;
        _field = key;
        _json.Read();
        return true;
    }

    /// <summary>Passes over the value of a key that is not known, and notes it.</summary>
    public void UnknownKey(IEnumerable<string> known)
    {
        NoteUnknown(_field ?? "", known);
        _json.Skip();
    }

    /// <summary>Passes over the value of a key that cannot stand here, and notes it.</summary>
    public void WrongKey(string code)
    {
        Problem(code);
        _json.Skip();
    }

    /// <summary>Passes over the value of a key that came before, and notes it.</summary>
    public void Repeated(string key)
    {
        Problem("INPUT_FIELD_TWICE", Shown(key));
        _json.Skip();
    }

    public void Require(FieldNames names, uint seen, int required)
    {
        for (var at = 0; at < required; at++)
            if ((seen & (1u << at)) == 0)
                Missing(names.Names[at]);
    }

    public void Missing(string field)
    {
        _field = field;
        Problem("INPUT_FIELD_MISSING", field);
        _field = null;
    }

    /// <summary>Whether a list begins here; its items' problems get their position.</summary>
    public bool BeginList(out string list)
    {
        list = _field ?? "";
        if (_json.TokenType == JsonTokenType.StartArray)
        {
            (_list, _item, _field) = (list, -1, null);
            return true;
        }

        Problem("INPUT_NOT_LIST");
        _json.Skip();
        return false;
    }

    /// <summary>Moves to the next item; false at the end of the list, or when there are too many.</summary>
    public bool NextItem(int most)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndArray)
        {
            _list = null;
            return false;
        }

        _item++;
        _field = null;
        if (_item == most)
            Problem("INPUT_TOO_MANY", most.ToString(CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>
    /// Text of 1 to <see cref="MostText"/> characters without control characters; null: a problem.
    /// </summary>
    public string? Text()
    {
        if (_json.TokenType != JsonTokenType.String)
            return Wrong("INPUT_NOT_TEXT");
        var text = TextOrEmpty();
        if (text.Length == 0)
            return Wrong("INPUT_TEXT_EMPTY");
        if (text.Length > MostText)
            return Wrong("INPUT_TEXT_TOO_LONG", MostText.ToString(CultureInfo.InvariantCulture));
        foreach (var letter in text)
            if (char.IsControl(letter))
                return Wrong("INPUT_TEXT_CONTROL");
        return text;
    }

    public readonly string? HandleOf(string kind, string value) => _handles(kind, value);

    /// <summary>The handle of a personal text.</summary>
    public string? Personal(string kind)
    {
        if (Text() is not { } text)
            return null;
        return _handles(kind, text) ?? Wrong("INPUT_NOT_IDENTITY", kind);
    }

    /// <summary>A decimal, from a number's or a string's text, in a range with both ends included.</summary>
    public decimal? Decimal(decimal least, decimal most)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint |
            NumberStyles.AllowExponent;
        var value = 0m;
        var formed = _json.TokenType is JsonTokenType.Number or JsonTokenType.String &&
            decimal.TryParse(_json.ValueSpan, Style, CultureInfo.InvariantCulture, out value);
        if (formed && value >= least && value <= most)
            return value;
        if (formed)
            Problem("INPUT_OUT_OF_RANGE", Text(least), Text(most));
        else
            Problem("INPUT_NOT_DECIMAL");
        _json.Skip();
        return null;
    }

    public Money? Money(decimal least, decimal most = Quantities.Money.Limit) =>
        Decimal(least, most) is { } amount ? new Money(amount) : null;

    public long? Integer(long least, long most)
    {
        if (_json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var value) && value >= least &&
            value <= most)
            return value;
        Problem("INPUT_NOT_INTEGER", Text(least), Text(most));
        _json.Skip();
        return null;
    }

    public bool? Flag()
    {
        if (_json.TokenType is JsonTokenType.True or JsonTokenType.False)
            return _json.TokenType == JsonTokenType.True;
        Problem("INPUT_NOT_FLAG");
        _json.Skip();
        return null;
    }

    public DateTimeOffset? Moment()
    {
        if (Text() is not { } text)
            return null;
        if (Rfc3339.TryParse(text, out var moment))
            return moment;
        Problem("INPUT_NOT_MOMENT");
        return null;
    }

    public void Problem(string code, params ReadOnlySpan<string> args) =>
        Note(new(PathOf(_field), code, [.. args]));

    public void NoteUnknownValue(string code, string value, IEnumerable<string> known) =>
        Note(new(PathOf(_field), code, [value]) { Meant = Nearest.To(value, known) });

    private void PassUnexpected(IReadOnlyList<string>? known)
    {
        var name = TextOrEmpty();
        if (known is not null)
            NoteUnknown(name, known);
        else
            Note(new(PathOf(name), "INPUT_FIELD_TWICE", [Shown(name)]));
        _json.Read();
        _json.Skip();
    }

    private void NoteUnknown(string name, IEnumerable<string> known) =>
        Note(new(PathOf(name), "INPUT_FIELD_UNKNOWN", [Shown(name)]) { Meant = Nearest.To(name, known) });

    private void Note(InputProblem problem)
    {
        const int Most = 100;
        _problems ??= [];
        if (_problems.Count < Most)
            _problems.Add(problem);
    }

    private string? Wrong(string code, params ReadOnlySpan<string> args)
    {
        Problem(code, args);
        _json.Skip();
        return null;
    }

    // A lone surrogate cannot be text; it reads as empty, which every caller refuses.
    private readonly string TextOrEmpty()
    {
        try
        {
            return _json.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private readonly string PathOf(string? field)
    {
        var list = _list is null ? "" : string.Create(CultureInfo.InvariantCulture, $".{_list}[{_item}]");
        return field is null ? "data" + list : $"data{list}.{Shown(field)}";
    }

    private static string Shown(string name) => name.Length <= 64 ? name : name[..64] + "…";

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
