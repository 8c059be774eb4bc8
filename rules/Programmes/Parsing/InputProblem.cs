using System.Collections.Immutable;
using MallVip.Rules.Checking;

namespace MallVip.Rules.Programmes.Parsing;

/// <summary>Something wrong with what was sent, never with personal data in it.</summary>
/// <param name="Path">Where: <c>data.lines[3].paid</c>; empty: the event as a whole.</param>
/// <param name="Code">Stable, upper case; its sentences stand in the texts.</param>
public sealed record InputProblem(string Path, string Code, ImmutableArray<string> Args)
{
    /// <summary>The known name that was probably meant; null: none is close.</summary>
    public string? Meant { get; init; }

    public string Message(Language language) => Texts.Of(language).Message(Code, Args);

    public string? Hint(Language language) => Meant is null
        ? Texts.Of(language).Hint(Code, Args)
        : Texts.Of(language).Message("HINT_DID_YOU_MEAN", [Meant]);

    public override string ToString() => $"{Path}: {Code}: {Message(Language.English)}";
}
