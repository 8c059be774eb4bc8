using MallVip.Rules.Checking;

namespace MallVip.Rules.Identities;

/// <summary>
/// Plates in capitals without separators. A mainland plate (GA 36-2018) is a province's character, a letter
/// and five more, six on a new-energy car; the last may be 警 学 挂 港 澳 使 领 and others. Behind the first
/// letter it has neither I nor O, so a camera or typist who says so has seen 1 or 0. Everything else, Hong
/// Kong's (up to 8, without a rule for the order), Macau's (MA-12-34), an embassy's (使 first), the forces',
/// a foreign car's, and what a camera has read only half of is 1 to 12 letters and digits: a gate is not
/// refused for it.
/// </summary>
internal static class PlateText
{
    private const int Longest = 12;

    /// <summary>The characters of the 31 provinces, regions and cities that issue plates.</summary>
    private const string Provinces = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";

    public static Sentence? Normalise(ref string value)
    {
        value = string.Concat(value
            .Where(c => !Handwriting.IsNothing(c))
            .Select(Handwriting.Narrow)
            .Where(c => !Handwriting.IsSeparator(c))).ToUpperInvariant();
        if (value.Length is 0 or > Longest || !value.All(char.IsLetterOrDigit))
            return "A plate has 1 to 12 letters and digits.";
        if (value.Length is 7 or 8 && Provinces.Contains(value[0], StringComparison.Ordinal))
            value = value[..2] + value[2..].Replace('I', '1').Replace('O', '0');
        return null;
    }
}
