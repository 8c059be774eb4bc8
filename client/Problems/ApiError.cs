using MallVip.Grains.Intake;
using MallVip.Rules.Checking;

namespace MallVip.Client.Problems;

/// <summary>A kind of refusal that the API itself gives, before or instead of a decision.</summary>
/// <param name="Code">Snake case; the problem's type is <c>/errors/CODE</c>, for ever.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Hint">What the caller can do.</param>
public sealed record ApiError(string Code, int Status, Sentence Hint)
{
    /// <summary>The refusal of one request.</summary>
    /// <param name="detail">One sentence, without personal data.</param>
    /// <param name="pointer">JSON path of the culprit; null: the whole.</param>
    public Refusal Refuse(Sentence detail, string? pointer = null) =>
        new(Code, Status, pointer, detail, Hint);

    /// <summary>The refusal as an exception, for where no answer can be returned.</summary>
    public RefusedException Thrown(Sentence detail, string? pointer = null) => new(Refuse(detail, pointer));
}

/// <summary>A request that ends in a problem document.</summary>
public sealed class RefusedException(Refusal refusal) : Exception(refusal.Code)
{
    public Refusal Refusal { get; } = refusal;

    /// <summary>When to try again; null: the same request will fail again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
