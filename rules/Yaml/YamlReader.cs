using MallVip.Rules.Checking;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MallVip.Rules.Yaml;

/// <summary>
/// Reads the subset of YAML that programmes are written in: one document, maps with unique text keys, lists,
/// scalars. No anchors and aliases, no tags, no tabs for indentation, no control characters, at most 1 MiB
/// and 32 levels.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>The most that one file may hold, in characters.</summary>
    public const int MaxLength = 1 << 20;

    private const int MaxDepth = 32;

    private readonly string _file;
    private readonly string _text;
    private readonly Findings _findings;
    private readonly Parser _parser;

    private YamlReader(string file, string text, Findings findings)
    {
        (_file, _text, _findings) = (file, text, findings);
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>
    /// The file's top-level map; null: it cannot be read, and the findings say why and where.
    /// </summary>
    public static YamlMap? Read(string file, string text, Findings findings)
    {
        if (text.Length > MaxLength)
        {
            findings.Error(new(file, 1, 1), "YAML_TOO_LONG", $"{MaxLength}");
            return null;
        }

        if (YamlText.FindTab(text) is { } tab)
        {
            findings.Error(YamlText.PlaceOf(file, text, tab), "YAML_TAB");
            return null;
        }

        if (YamlText.FindControl(text) is { } control)
        {
            findings.Error(
                YamlText.PlaceOf(file, text, control), "YAML_CONTROL_CHARACTER",
                $"U+{(int)text[control]:X4}");
            return null;
        }

        return new YamlReader(file, text, findings).ReadDocument();
    }

    private YamlMap? ReadDocument()
    {
        try
        {
            _parser.Consume<StreamStart>();
            if (_parser.Accept<StreamEnd>(out _))
            {
                _findings.Error(new(_file, 1, 1), "YAML_EMPTY");
                return null;
            }

            _parser.Consume<DocumentStart>();
            var root = ReadNode(1);
            _parser.Consume<DocumentEnd>();
            if (_parser.Accept<DocumentStart>(out var second))
                _findings.Error(PlaceOf(second!.Start), "YAML_TWO_DOCUMENTS");
            if (root is YamlMap map)
                return map;
            if (root is not null)
                _findings.Error(root.Place, "YAML_NOT_A_MAP");
        }
        catch (YamlException exception)
        {
            _findings.Error(PlaceOf(exception.Start), "YAML_SYNTAX", exception.Message);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet's scanner ends so, and not with its own exception, on some broken flow maps and
            // escapes.
            _findings.Error(PlaceOf(_parser.Current?.End ?? Mark.Empty), "YAML_SYNTAX", exception.Message);
        }

        return null;
    }

    // Null: refused, and said so; the caller leaves the value out.
    private YamlNode? ReadNode(int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            _findings.Error(PlaceOf(alias.Start), "YAML_ALIAS");
            return null;
        }

        var start = _parser.Current as NodeEvent
            ?? throw new SyntaxErrorException("A value is expected here.");
        if (!start.Anchor.IsEmpty)
            _findings.Error(PlaceOf(start.Start), "YAML_ALIAS");
        else if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific)
            _findings.Error(PlaceOf(start.Start), "YAML_TAG", start.Tag.Value);
        if (depth > MaxDepth)
            throw new SyntaxErrorException(start.Start, start.End, $"More than {MaxDepth} levels.");
        if (_parser.TryConsume<Scalar>(out var scalar))
            return ScalarOf(scalar);
        return start is SequenceStart ? ReadList(depth) : ReadMap(depth);
    }

    private YamlList ReadList(int depth)
    {
        var place = PlaceOf(_parser.Consume<SequenceStart>().Start);
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            if (ReadNode(depth + 1) is { } item)
                items.Add(item);
        return new(place, items);
    }

    private YamlMap ReadMap(int depth)
    {
        var place = PlaceOf(_parser.Consume<MappingStart>().Start);
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, YamlScalar>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var keyNode = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (keyNode is not YamlScalar key)
            {
                if (keyNode is not null)
                    _findings.Error(keyNode.Place, "YAML_KEY_NOT_TEXT");
            }
            else if (!seen.TryAdd(key.Value, key))
            {
                _findings.Error(key.Place, "YAML_DUPLICATE_KEY", key.Value, $"{seen[key.Value].Place.Line}");
            }
            else if (value is not null)
            {
                entries.Add(new(key, value));
            }
        }

        return new(place, entries);
    }

    private YamlScalar ScalarOf(Scalar scalar) => new(
        PlaceOf(scalar.Start),
        scalar.Value,
        scalar.Style == ScalarStyle.Plain,
        _text,
        (int)scalar.Start.Index,
        (int)Math.Min(scalar.End.Index, _text.Length));

    private Place PlaceOf(Mark mark) => mark.Index < _text.Length
        ? new(_file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column))
        : YamlText.PlaceOf(_file, _text, _text.Length);
}
