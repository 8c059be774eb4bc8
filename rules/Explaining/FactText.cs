using System.Text.Json;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;

namespace MallVip.Rules.Explaining;

/// <summary>Compares facts by what a journal would hold of them.</summary>
internal sealed class FactText : IEqualityComparer<Fact>
{
    public static FactText Same { get; } = new();

    public bool Equals(Fact? x, Fact? y) => Of(x) == Of(y);

    public int GetHashCode(Fact fact) => Of(fact).GetHashCode(StringComparison.Ordinal);

    private static string Of(Fact? fact) => JsonSerializer.Serialize(fact!, JournalJsonContext.Default.Fact);
}
