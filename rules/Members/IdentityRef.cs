using System.Globalization;
using System.Text.Json.Serialization;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Members;

/// <summary>An identity of the member. Its handle is kept as a number: every resident member has some, and
/// 32 digits take 88 bytes.</summary>
public sealed record IdentityRef
{
    private readonly UInt128 _number;

    /// <summary>A handle that is no number of 32 digits, as cases and tests make up; null: it is.</summary>
    private readonly string? _text;

    [JsonConstructor]
    public IdentityRef(string kind, string handle)
    {
        Kind = kind;
        if (!IsNumber(handle, out _number))
            _text = handle;
    }

    public IdentityRef(string kind, UInt128 handle) => (Kind, _number) = (kind, handle);

    /// <summary>phone, card, plate, wechat …</summary>
    [Name("k")]
    public string Kind { get; }

    /// <summary>32 hex digits that stand for the value, which lives in the person table.</summary>
    [Name("h")]
    public string Handle => _text ?? _number.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Whether a handle is this one's.</summary>
    /// <param name="handle">As a number.</param>
    public bool Is(UInt128 handle) => _text is null && _number == handle;

    private static bool IsNumber(string text, out UInt128 number)
    {
        number = 0;
        return text is { Length: 32 } && !text.AsSpan().ContainsAnyInRange('A', 'F') && UInt128.TryParse(
            text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }
}
