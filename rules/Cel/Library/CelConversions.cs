using System.Globalization;
using System.Text;

namespace MallVip.Rules.Cel;

/// <summary>Type conversions, each named by its result.</summary>
internal static class CelConversions
{
    private const double TwoTo63 = 9_223_372_036_854_775_808.0;
    private const double TwoTo64 = 18_446_744_073_709_551_616.0;
    private static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [CelFunction("int")]
    public static long ToInt(long value) => value;

    [CelFunction("int")]
    public static long ToInt(ref CelState state, ulong value) =>
        value <= long.MaxValue ? (long)value
            : Bad<long>(ref state, value.ToString(CultureInfo.InvariantCulture), "int");

    [CelFunction("int")]
    public static long ToInt(ref CelState state, double value) =>
        value is > -TwoTo63 and < TwoTo63 ? (long)value
            : Bad<long>(ref state, CelText.OfDouble(value), "int");

    [CelFunction("int")]
    public static long ToInt(ref CelState state, decimal value) =>
        value is >= long.MinValue and <= long.MaxValue
        ? (long)decimal.Truncate(value)
        : Bad<long>(ref state, value.ToString(CultureInfo.InvariantCulture), "int");

    [CelFunction("int")]
    public static long ToInt(ref CelState state, string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : Bad<long>(ref state, text, "int");

    [CelFunction("int")]
    public static long ToInt(CelTimestamp value) => value.Seconds;

    [CelFunction("int")]
    public static long ToInt(CelDuration value) => value.Nanos;

    [CelFunction("uint")]
    public static ulong ToUint(ulong value) => value;

    [CelFunction("uint")]
    public static ulong ToUint(ref CelState state, long value) => value >= 0
        ? (ulong)value
        : Bad<ulong>(ref state, value.ToString(CultureInfo.InvariantCulture), "uint");

    [CelFunction("uint")]
    public static ulong ToUint(ref CelState state, double value) =>
        value is >= 0 and < TwoTo64 ? (ulong)value : Bad<ulong>(ref state, CelText.OfDouble(value), "uint");

    [CelFunction("uint")]
    public static ulong ToUint(ref CelState state, string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : Bad<ulong>(ref state, text, "uint");

    [CelFunction("double")]
    public static double ToDouble(double value) => value;

    [CelFunction("double")]
    public static double ToDouble(long value) => value;

    [CelFunction("double")]
    public static double ToDouble(ulong value) => value;

    [CelFunction("double")]
    public static double ToDouble(decimal value) => (double)value;

    [CelFunction("double")]
    public static double ToDouble(ref CelState state, string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" or "+Infinity" or "Inf" or "+Inf" => double.PositiveInfinity,
        "-Infinity" or "-Inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            ? value
            : Bad<double>(ref state, text, "double"),
    };

    [CelFunction("bool")]
    public static bool ToBool(bool value) => value;

    [CelFunction("bool")]
    public static bool ToBool(ref CelState state, string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => Bad<bool>(ref state, text, "bool"),
    };

    [CelFunction("bytes")]
    public static byte[] ToBytes(byte[] value) => value;

    [CelFunction("bytes")]
    public static byte[] ToBytes(ref CelState state, string text) =>
        state.Spend(CelState.StepsFor(text.Length)) ? Encoding.UTF8.GetBytes(text) : [];

    [CelFunction("string")]
    public static string ToText(string value) => value;

    [CelFunction("string")]
    public static string ToText(bool value) => value ? "true" : "false";

    [CelFunction("string")]
    public static string ToText(long value) => value.ToString(CultureInfo.InvariantCulture);

    [CelFunction("string")]
    public static string ToText(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    [CelFunction("string")]
    public static string ToText(double value) => CelText.OfDouble(value);

    [CelFunction("string")]
    public static string ToText(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    [CelFunction("string")]
    public static string ToText(CelTimestamp value) => value.ToString();

    [CelFunction("string")]
    public static string ToText(CelDuration value) => value.ToString();

    [CelFunction("string")]
    public static string ToText(ref CelState state, byte[] value)
    {
        try
        {
            return state.Spend(CelState.StepsFor(value.Length)) ? StrictUtf8.GetString(value) : "";
        }
        catch (DecoderFallbackException)
        {
            return Bad<string>(ref state, "bytes", "string");
        }
    }

    [CelFunction("timestamp")]
    public static CelTimestamp ToTimestamp(CelTimestamp value) => value;

    [CelFunction("timestamp")]
    public static CelTimestamp ToTimestamp(ref CelState state, long seconds) =>
        seconds is >= CelTimestamp.MinSeconds and <= CelTimestamp.MaxSeconds
            ? new CelTimestamp(seconds, 0)
            : Bad<CelTimestamp>(ref state, seconds.ToString(CultureInfo.InvariantCulture), "timestamp");

    [CelFunction("timestamp")]
    public static CelTimestamp ToTimestamp(ref CelState state, string text) =>
        CelTimestampText.TryParse(text, out var value) ? value
            : Bad<CelTimestamp>(ref state, text, "timestamp");

    [CelFunction("duration")]
    public static CelDuration ToDuration(CelDuration value) => value;

    [CelFunction("duration")]
    public static CelDuration ToDuration(ref CelState state, string text) =>
        CelDuration.TryParse(text, out var value) ? value : Bad<CelDuration>(ref state, text, "duration");

    internal static T Bad<T>(ref CelState state, string value, string wanted)
    {
        state.Fail(CelCodes.BadConversion, value, wanted);
        return default!;
    }
}
