using MallVip.Rules.Checking;
using MallVip.Rules.Explaining;

namespace MallVip.Client.Explaining;

/// <summary>Explanations in words, in Chinese and English.</summary>
public static class WhyTexts
{
    /// <summary>Where an entry's lines come from, in a few sentences.</summary>
    /// <param name="line">Only this line of the entry, from 1; null: all of them.</param>
    public static string Summary(EntryExplanation entry, Language language, int? line = null) =>
        new EntryText(Phrases.Of(language), entry).Summary(line);

    /// <summary>The same with every part of every expression, and the rules that did not act.</summary>
    public static string Details(EntryExplanation entry, Language language, int? line = null) =>
        new DetailText(Phrases.Of(language), entry).Of(Summary(entry, language, line), line);

    /// <summary>What a basket would give, in a sentence.</summary>
    public static string Quote(EntryExplanation entry, Language language) =>
        new EntryText(Phrases.Of(language), entry).Quote();

    /// <summary>What a basket would give, with the rules that would not act.</summary>
    public static string QuoteDetails(EntryExplanation entry, Language language) =>
        new DetailText(Phrases.Of(language), entry).Of(Quote(entry, language), line: null);
}
