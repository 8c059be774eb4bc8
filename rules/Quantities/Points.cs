using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MallVip.Rules.Quantities;

/// <summary>
/// A whole number of points of one wallet. Arithmetic is checked: what does not fit in 64 bits throws
/// <see cref="OverflowException"/>, which a decider turns into a rejection before anything is recorded.
/// </summary>
[JsonConverter(typeof(PointsJsonConverter))]
public readonly record struct Points(long Value) : IComparable<Points>
{
    /// <summary>
    /// The most that one wallet, lot or line may hold, either way: 10^15, far from overflow.
    /// </summary>
    public const long Limit = 1_000_000_000_000_000;

    public static Points Zero => default;

    public static Points Min(Points left, Points right) => left.Value <= right.Value ? left : right;

    public static Points Max(Points left, Points right) => left.Value >= right.Value ? left : right;

    public static Points operator +(Points left, Points right) => new(checked(left.Value + right.Value));

    public static Points operator -(Points left, Points right) => new(checked(left.Value - right.Value));

    public static Points operator -(Points value) => new(checked(-value.Value));

    public static bool operator <(Points left, Points right) => left.Value < right.Value;

    public static bool operator >(Points left, Points right) => left.Value > right.Value;

    public static bool operator <=(Points left, Points right) => left.Value <= right.Value;

    public static bool operator >=(Points left, Points right) => left.Value >= right.Value;

    public int CompareTo(Points other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Points are an integer in JSON.</summary>
public sealed class PointsJsonConverter : JsonConverter<Points>
{
    public override Points Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Points value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Value);
}
