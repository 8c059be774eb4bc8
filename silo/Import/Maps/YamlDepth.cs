using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MallVip.Silo.Import.Maps;

/// <summary>Refuses what is nested so deeply that reading it would exhaust the stack.</summary>
internal static class YamlDepth
{
    private const int Deepest = 40;

    /// <exception cref="YamlException">The text is no YAML, or too deep.</exception>
    public static void Check(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            var at = parser.Current!;
            depth += at.NestingIncrease;
            if (at is (MappingStart or SequenceStart) && depth > Deepest)
                throw new YamlException(at.Start, at.End, $"Nothing is nested more than {Deepest} deep.");
        }
    }
}
