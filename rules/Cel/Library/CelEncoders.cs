namespace MallVip.Rules.Cel;

/// <summary>base64.*; decoding takes text with or without padding.</summary>
internal static class CelEncoders
{
    [CelFunction("base64.encode")]
    public static string Encode(ref CelState state, byte[] value) =>
        state.Spend(CelState.StepsFor(value.Length)) ? Convert.ToBase64String(value) : "";

    [CelFunction("base64.decode")]
    public static byte[] Decode(ref CelState state, string text)
    {
        if (!state.Spend(CelState.StepsFor(text.Length)))
            return [];
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var buffer = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, buffer, out var length)
            ? buffer[..length]
            : CelConversions.Bad<byte[]>(ref state, text, "bytes");
    }
}
