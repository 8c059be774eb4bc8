namespace MallVip.Rules.Programmes.Loading;

/// <summary>The words that files use for enumerations: the member's name in kebab case.</summary>
internal static class Words<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> ByWord =
        Enum.GetValues<T>().ToDictionary(WordOf, StringComparer.Ordinal);

    public static string[] All { get; } = [.. Enum.GetValues<T>().Select(WordOf)];

    /// <summary>Null: no such word.</summary>
    public static T? Read(string? word) =>
        word is not null && ByWord.TryGetValue(word, out var value) ? value : null;

    public static string WordOf(T value)
    {
        var name = value.ToString();
        var word = new System.Text.StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && word.Length > 0)
                word.Append('-');
            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }
}
