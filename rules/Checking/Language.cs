namespace MallVip.Rules.Checking;

/// <summary>The languages in which MallVip speaks to operators and tills.</summary>
public enum Language
{
    English,
    Chinese,
}
