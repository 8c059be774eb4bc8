using System.Collections.Frozen;
using MallVip.Rules.Checking;

namespace MallVip.Client.Texts;

/// <summary>
/// Details and hints of problems in the caller's language: the resource file <c>sentences.zh.json</c> has the
/// Chinese of every English template. A test of the tree finds those without.
/// </summary>
public static class SentenceTexts
{
    /// <summary>Chinese templates by English ones.</summary>
    public static FrozenDictionary<string, string> Chinese { get; } = Text.Load("sentences.zh");

    /// <summary>English where no other is known.</summary>
    public static string Of(Sentence sentence, Language language)
    {
        if (language != Language.Chinese)
            return sentence.ToString();
        return sentence.Chinese ?? (Chinese.TryGetValue(sentence.Template, out var template)
            ? sentence.Fill(template)
            : sentence.ToString());
    }
}
