using MallVip.Rules.Checking;

namespace MallVip.Client.Texts;

/// <summary>
/// What a wallet or a tier is called in a language. A declared name that is written in the language is used;
/// else the resource files' name of a usual id (<c>points</c>, <c>gold</c>); else the declared name.
/// </summary>
internal static class DisplayNames
{
    private const char FirstIdeograph = '\u4e00';
    private const char LastIdeograph = '\u9fff';

    /// <param name="language">The language of the text around it.</param>
    /// <param name="kind"><c>wallet</c> or <c>tier</c>.</param>
    /// <param name="id">Its id.</param>
    /// <param name="declared">Its name in <c>programme.yaml</c>.</param>
    public static string Of(Language language, string kind, string id, string declared)
    {
        var isChinese = declared.AsSpan().ContainsAnyInRange(FirstIdeograph, LastIdeograph);
        if (isChinese == (language == Language.Chinese))
            return declared;
        return Text.FindName(language, kind, id) ?? declared;
    }
}
